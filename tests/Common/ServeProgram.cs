using System.Diagnostics;

namespace AutoSlim.Tests.Common;

/// <summary><c>autoslim serve</c> as a process of its own, which does not outlive the test.</summary>
internal sealed class ServeProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly List<string> lines = [];
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process process;

    private ServeProgram(string state, (string Name, string Value)[] environment, string[] arguments)
    {
        State = state;
        process = new() { StartInfo = new(Path.Combine(AppContext.BaseDirectory, "AutoSlim.Host"), ["serve", "--state", state, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true } };
        foreach (var (name, value) in environment) process.StartInfo.Environment[name] = value;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string State { get; }

    /// <summary>Everything that it has printed.</summary>
    public string Printed
    {
        get
        {
            lock (gate) return string.Join('\n', lines);
        }
    }

    public Uri Address => new(File.ReadAllText(Path.Combine(State, "address")));

    public string OperatorToken => File.ReadAllText(Path.Combine(State, "operator.token"));

    public int Id => process.Id;

    /// <summary>Returns when it listens.</summary>
    public static Task<ServeProgram> StartAsync(string state, params string[] arguments) => StartAsync(state, [], arguments);

    /// <summary>Under an environment; returns when it listens.</summary>
    public static async Task<ServeProgram> StartAsync(string state, (string Name, string Value)[] environment, params string[] arguments)
    {
        var program = new ServeProgram(state, environment, arguments.Contains("--listen") ? arguments : ["--listen", "http://127.0.0.1:0", .. arguments]);
        var first = await Task.WhenAny(program.ready.Task, program.process.WaitForExitAsync(TestContext.Current.CancellationToken)).WaitAsync(Patience);
        Assert.True(first == program.ready.Task, program.Printed);
        return program;
    }

    /// <summary>One that ends by itself.</summary>
    public static async Task<(int ExitCode, string Printed)> RunAsync(string state, params string[] arguments)
    {
        await using var program = new ServeProgram(state, [], arguments);
        await program.process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return (program.process.ExitCode, program.Printed);
    }

    /// <summary>As systemd does.</summary>
    public async Task<int> StopAsync()
    {
        Assert.Equal(0, HostProgram.Signal(process.Id, HostProgram.TerminateSignal));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
    }

    public HttpClient Client() => new() { BaseAddress = Address, DefaultRequestHeaders = { Authorization = new("Bearer", OperatorToken) } };

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lock (gate) lines.Add(line);
        if (line.StartsWith("the page asks for", StringComparison.Ordinal)) ready.TrySetResult();
    }
}
