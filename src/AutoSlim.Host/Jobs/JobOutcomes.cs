using System.Data.Common;
using Polly;
using Polly.Retry;

namespace AutoSlim.Host.Jobs;

/// <summary>
/// Writes down how far jobs are. What became of a step of days is not lost because a disk is full or a database away for a while: it is
/// written when that is over.
/// </summary>
internal sealed class JobOutcomes(JobStore store, ILogger<JobOutcomes> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly ResiliencePipeline writing = Writing(logger);

    /// <inheritdoc cref="JobStore.StartAsync"/>
    public Task<bool> StartAsync(string id, CancellationToken cancellation) => KeepAsync(() => store.StartAsync(id), cancellation);

    /// <inheritdoc cref="JobStore.AdvanceAsync"/>
    public Task AdvanceAsync(string id, int step, CancellationToken cancellation) => KeepAsync(() => store.AdvanceAsync(id, step), cancellation);

    /// <inheritdoc cref="JobStore.EndAsync"/>
    public Task EndAsync(string id, JobState state, string? message, CancellationToken cancellation) => KeepAsync(() => store.EndAsync(id, state, message), cancellation);

    /// <summary>Once in any case: what is over is written although the job was cancelled meanwhile, or the host stops.</summary>
    private async Task<bool> KeepAsync(Func<Task<bool>> write, CancellationToken cancellation)
    {
        try
        {
            return await write();
        }
        catch (DbException)
        {
            return await writing.ExecuteAsync(async _ => await write(), cancellation);
        }
    }

    private static ResiliencePipeline Writing(ILogger logger) => new ResiliencePipelineBuilder { Name = "job outcomes" }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<DbException>(),
            MaxRetryAttempts = int.MaxValue,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            OnRetry = attempt =>
            {
                logger.LogWarning("how far a job is cannot be written, which is tried again in {Pause}: {Reason}", attempt.RetryDelay, attempt.Outcome.Exception!.Message);
                return default;
            },
        })
        .Build();
}
