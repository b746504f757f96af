using AutoSlim.Agent.Models;
using AutoSlim.Agent.Working;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Connecting;

/// <summary>Serves one request at a time and always answers: whatever goes wrong with a model becomes a reason, and the agent lives on.</summary>
internal sealed class RequestDesk(ModelFetcher models, Worker worker) : IDisposable
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim turn = new(1);
    private CancellationTokenSource wanted = new();

    public Task<ProbeResult> MeasureAsync(ProbeRequest request) => ServeAsync(
        request.Problem(), [request.ModelSha256],
        cancellation => worker.AskAsync<ProbeRequest, ProbeResult>(WorkerTask.Measure, request, request.Plan.TimeLimitMilliseconds, cancellation), ProbeResult.Failed);

    public Task<EvaluationResult> EvaluateAsync(EvaluationRequest request) => ServeAsync(
        request.Problem(), [request.ModelSha256, request.ImagesSha256],
        cancellation => worker.AskAsync<EvaluationRequest, EvaluationResult>(WorkerTask.Evaluate, request, request.TimeLimitMilliseconds, cancellation), EvaluationResult.Failed);

    public Task<MemoryResult> MeasureMemoryAsync(MemoryRequest request) => ServeAsync(
        request.Problem(), [request.ModelSha256],
        cancellation => worker.AskFreshAsync<MemoryRequest, MemoryResult>(WorkerTask.MeasureMemory, request, request.TimeLimitMilliseconds, cancellation), MemoryResult.Failed);

    /// <summary>Ends all requests so far early; later ones are not touched.</summary>
    public void Abandon() => Interlocked.Exchange(ref wanted, new()).Cancel();

    /// <summary>Abandons all requests and waits a moment for the runtime to let go.</summary>
    public async Task CloseAsync()
    {
        Abandon();
        if (await turn.WaitAsync(ClosingTime)) turn.Release();
    }

    public void Dispose()
    {
        turn.Dispose();
        wanted.Dispose();
    }

    private async Task<T> ServeAsync<T>(string? problem, IReadOnlyList<string> hashes, Func<CancellationToken, Task<T>> serve, Func<string, T> failed)
    {
        if (problem is not null) return failed(problem);
        var cancellation = wanted.Token;
        try
        {
            await turn.WaitAsync(cancellation);
            try
            {
                await models.FetchAsync(hashes, cancellation);
                return await serve(cancellation);
            }
            finally
            {
                turn.Release();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return failed("the request was abandoned");
        }
        catch (Exception error)
        {
            return failed(OneLine.Of(error));
        }
    }
}
