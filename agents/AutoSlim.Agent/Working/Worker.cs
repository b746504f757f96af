using AutoSlim.Agent.Models;

namespace AutoSlim.Agent.Working;

/// <summary>
/// The process that loads and runs models: what a model does to it, crash, hang or exhaust the memory, the agent survives and reports. It
/// starts with the first request, and again after it ended.
/// </summary>
internal sealed class Worker(AgentOptions options, BlobFolder blobs) : IWorker, IDisposable
{
    /// <summary>On top of a request's own time limit, which the worker keeps unless it hangs.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>After so long without a request the memory of the worker, and what the agent itself does not need, goes back to the device.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim turn = new(1);
    private WorkerProcess? process;
    private long requests;

    /// <inheritdoc/>
    public Task<TResult> AskAsync<TRequest, TResult>(int task, TRequest request, double limitMilliseconds, CancellationToken cancellation) => InTurnAsync(
        () => AskAsync<TRequest, TResult>(process is { HasEnded: false } ? process : Restart(), task, request, limitMilliseconds, cancellation), cancellation);

    /// <inheritdoc/>
    /// <remarks>The process compiles at once what it runs; as it comes, .NET compiles again beside the work and takes a megabyte or two for that.</remarks>
    public Task<TResult> AskFreshAsync<TRequest, TResult>(int task, TRequest request, double limitMilliseconds, CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            using var fresh = Start([KeyValuePair.Create("DOTNET_TieredCompilation", "0")]);
            return await AskAsync<TRequest, TResult>(fresh, task, request, limitMilliseconds, cancellation);
        },
        cancellation);

    public void Dispose() => End();

    private async Task<T> InTurnAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await ask();
        }
        finally
        {
            _ = EndWhenIdleAsync(++requests);
            turn.Release();
        }
    }

    private static async Task<TResult> AskAsync<TRequest, TResult>(WorkerProcess running, int task, TRequest request, double limitMilliseconds, CancellationToken cancellation)
    {
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

    private async Task EndWhenIdleAsync(long last)
    {
        await Task.Delay(Idle);
        await turn.WaitAsync();
        if (requests == last)
        {
            End();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }

        turn.Release();
    }

    private WorkerProcess Restart()
    {
        End();
        return process = Start([]);
    }

    private WorkerProcess Start(IReadOnlyList<KeyValuePair<string, string>> environment) =>
        new(options.WorkerProgram ?? Environment.ProcessPath!, WorkerCommand.Arguments(options, blobs.Path), environment);

    private void End()
    {
        process?.Dispose();
        process = null;
    }
}
