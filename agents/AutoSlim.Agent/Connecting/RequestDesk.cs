using AutoSlim.Agent.Models;
using AutoSlim.Agent.State;
using AutoSlim.Agent.Working;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Connecting;

/// <summary>Serves one request at a time and always answers: whatever goes wrong with a model becomes a reason, and the agent lives on.</summary>
internal sealed class RequestDesk(ModelFetcher models, IWorker worker, Journal journal, Courier courier) : IDisposable
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim turn = new(1);
    private readonly Lock gate = new();
    private readonly HashSet<ProbeLease> working = [];
    private CancellationTokenSource wanted = new();
    private CancellationTokenSource connected = new();

    /// <summary>What this agent works on or has yet to deliver.</summary>
    public IReadOnlyList<ProbeLease> Holding
    {
        get
        {
            lock (gate) return [.. working.Union(journal.Reports.Select(report => report.Lease))];
        }
    }

    /// <summary>Returns at once; what comes of it goes through the journal, whatever becomes of the connection.</summary>
    public void Measure(ProbeLease lease, ProbeRequest request) => _ = ReportAsync(
        lease, request?.Problem() ?? (request is null ? "the request is empty" : null), request?.ModelSha256,
        cancellation => worker.AskAsync<ProbeRequest, ProbeResult>(WorkerTask.Measure, request!, request!.Plan.TimeLimitMilliseconds, cancellation),
        ProbeResult.Failed, result => new(lease, result, null));

    /// <inheritdoc cref="Measure"/>
    public void MeasureMemory(ProbeLease lease, MemoryRequest request) => _ = ReportAsync(
        lease, request?.Problem() ?? (request is null ? "the request is empty" : null), request?.ModelSha256,
        cancellation => worker.AskFreshAsync<MemoryRequest, MemoryResult>(WorkerTask.MeasureMemory, request!, request!.TimeLimitMilliseconds, cancellation),
        MemoryResult.Failed, result => new(lease, null, result));

    public async Task<EvaluationResult> EvaluateAsync(EvaluationRequest request)
    {
        if (request.Problem() is string problem) return EvaluationResult.Failed(problem);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(wanted.Token, connected.Token);
        try
        {
            return await ServeAsync(
                [request.ModelSha256, request.ImagesSha256],
                token => worker.AskAsync<EvaluationRequest, EvaluationResult>(WorkerTask.Evaluate, request, request.TimeLimitMilliseconds, token),
                EvaluationResult.Failed, cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            return EvaluationResult.Failed("the request was abandoned");
        }
        catch (ContentLostException error)
        {
            return EvaluationResult.Failed(OneLine.Of(error));
        }
    }

    /// <summary>Ends all requests so far early; later ones are not touched.</summary>
    public void Abandon() => Interlocked.Exchange(ref wanted, new()).Cancel();

    /// <summary>The connection is over: what can only be answered over it is ended, probes go on.</summary>
    public void Disconnected() => Interlocked.Exchange(ref connected, new()).Cancel();

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
        connected.Dispose();
    }

    /// <summary>A probe that is no longer wanted, or whose model the host no longer offers, leaves no report: the host knows, or will ask again.</summary>
    private async Task ReportAsync<T>(
        ProbeLease lease, string? problem, string? model, Func<CancellationToken, Task<T>> measure, Func<string, T> failed, Func<T, ProbeReport> report)
    {
        if (lease?.Problem() is not null || lease is null || !Take(lease)) return;
        try
        {
            courier.Hand(report(problem is not null ? failed(problem) : await ServeAsync([model!], measure, failed, wanted.Token)));
        }
        catch (Exception error) when (error is OperationCanceledException or ContentLostException)
        {
            if (error is ContentLostException) Console.Error.WriteLine($"autoslim-agent: {OneLine.Of(error)}; the probe is left");
        }
        finally
        {
            lock (gate) working.Remove(lease);
        }
    }

    /// <summary>False for what this agent has already: the host said it twice.</summary>
    private bool Take(ProbeLease lease)
    {
        lock (gate) return !journal.Reports.Any(report => report.Lease == lease) && working.Add(lease);
    }

    private async Task<T> ServeAsync<T>(IReadOnlyList<string> hashes, Func<CancellationToken, Task<T>> serve, Func<string, T> failed, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await models.FetchAsync(hashes, cancellation);
            return await serve(cancellation);
        }
        catch (Exception error) when (error is not ContentLostException && !cancellation.IsCancellationRequested)
        {
            return failed(OneLine.Of(error));
        }
        finally
        {
            turn.Release();
        }
    }
}
