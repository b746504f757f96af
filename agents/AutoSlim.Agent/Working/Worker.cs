using AutoSlim.Agent.Models;

namespace AutoSlim.Agent.Working;

/// <summary>
/// The process that loads and runs models: what a model does to it, crash, hang or exhaust the memory, the agent survives and reports. It
/// starts with the first request, and again after it ended.
/// </summary>
internal sealed class Worker(AgentOptions options, BlobFolder blobs) : IDisposable
{
    /// <summary>On top of a request's own time limit, which the worker keeps unless it hangs.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    private WorkerProcess? process;

    /// <summary>Asks one thing. Not to be called again before the answer.</summary>
    /// <exception cref="AgentException">The worker ended or hung; says how.</exception>
    public async Task<TResult> AskAsync<TRequest, TResult>(int task, TRequest request, double limitMilliseconds, CancellationToken cancellation)
    {
        var running = process is { HasEnded: false } ? process : Restart();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromMilliseconds(limitMilliseconds) + Grace);
        try
        {
            return await running.AskAsync<TRequest, TResult>(task, request, limit.Token);
        }
        catch (Exception error) when (error is IOException or EndOfStreamException)
        {
            throw new AgentException($"the model ended the process that ran it ({await running.EndAsync()})");
        }
        catch (OperationCanceledException)
        {
            await running.EndAsync();
            cancellation.ThrowIfCancellationRequested();
            throw new AgentException($"the model did not answer within {limitMilliseconds} ms, and the process that ran it was ended");
        }
    }

    public void Dispose() => process?.Dispose();

    private WorkerProcess Restart()
    {
        process?.Dispose();
        return process = new(options.Threads, blobs.Path);
    }
}
