using System.Diagnostics;

namespace AutoSlim.Agent.Working;

/// <summary>One life of a worker; it never outlives this object.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int FirstSignal = 128;

    private readonly Process process;
    private readonly WorkerFrames frames;
    private volatile string? lastWords;

    /// <param name="program">That starts.</param>
    /// <param name="arguments">Of it.</param>
    /// <param name="environment">What it has beyond the agent's own.</param>
    public WorkerProcess(string program, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => PassOn(line.Data);
        process.BeginErrorReadLine();
        frames = new(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
    }

    public bool HasEnded => process.HasExited;

    /// <exception cref="IOException">The worker has ended.</exception>
    public async Task<TResult> AskAsync<TRequest, TResult>(int task, TRequest request, CancellationToken cancellation)
    {
        await frames.WriteAsync(task, cancellation);
        await frames.WriteAsync(request, cancellation);
        return await frames.ReadAsync<TResult>(cancellation);
    }

    /// <summary>Ends the worker if it has not ended, and says how it did.</summary>
    public async Task<string> EndAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        var how = process.ExitCode > FirstSignal ? $"signal {process.ExitCode - FirstSignal}" : $"exit code {process.ExitCode}";
        return lastWords is null ? how : $"{how}: {lastWords}";
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        frames.Dispose();
        process.Dispose();
    }

    private void PassOn(string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lastWords = line.Trim();
        Console.Error.WriteLine(line);
    }
}
