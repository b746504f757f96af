using System.Diagnostics;

namespace AutoSlim.Agent.Working;

/// <summary>One life of a worker; it never outlives this object.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private const int FirstSignal = 128;

    private readonly Process process;
    private readonly WorkerFrames frames;

    public WorkerProcess(string program, int threads, string folder)
    {
        var start = new ProcessStartInfo(program, [WorkerCommand.Verb, "--threads", $"{threads}", "--folder", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        process = Process.Start(start)!;
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
        return process.ExitCode > FirstSignal ? $"signal {process.ExitCode - FirstSignal}" : $"exit code {process.ExitCode}";
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        frames.Dispose();
        process.Dispose();
    }
}
