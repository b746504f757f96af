using System.Diagnostics;

namespace AutoSlim.Host.Tests.Dashboard;

/// <summary><c>autoslim serve</c> as a process of its own, on a free loopback port.</summary>
internal sealed class ServingProcess : IAsyncDisposable
{
    private const string Listening = "listening on ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly Task<string> errors;

    private ServingProcess(Process process, Task<string> errors) => (this.process, this.errors) = (process, errors);

    public Uri Address { get; private set; } = null!;

    public string Token { get; private set; } = "";

    /// <param name="folder">For its state.</param>
    /// <param name="work">Its work folder.</param>
    public static async Task<ServingProcess> StartAsync(string folder, string work)
    {
        var state = Path.Combine(folder, "state");
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "AutoSlim.Host"), ["serve", "--listen", "http://127.0.0.1:0", "--state", state, "--work", work])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        var host = new ServingProcess(process, process.StandardError.ReadToEndAsync());
        host.Address = await host.ListeningAsync().WaitAsync(Patience);
        host.Token = (await File.ReadAllTextAsync(Path.Combine(state, "operator.token"))).Trim();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<Uri> ListeningAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is string line)
        {
            if (line.StartsWith(Listening, StringComparison.Ordinal)) return new(line[Listening.Length..]);
        }

        throw new InvalidOperationException($"the host ended before it listened: {await errors}");
    }
}
