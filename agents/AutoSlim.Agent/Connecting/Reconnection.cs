using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AutoSlim.Agent.Connecting;

/// <summary>How often the agent tries to reach its host: for ever, with growing pauses that differ between agents, but never against a refusal.</summary>
internal static class Reconnection
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>A host that starts again has its agents back within seconds of that, and a thousand of them knock two hundred times a second, which it bears.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(20);

    public static ResiliencePipeline Pipeline(Action<Exception> failed) => new ResiliencePipelineBuilder { Name = "reconnect" }
        .AddRetry(new RetryStrategyOptions
        {
            // A host that stops in good order cancels what it was asked, which is no wish of the agent's own to stop.
            ShouldHandle = attempt => new(attempt.Outcome.Exception is not (null or AgentException) && !attempt.Context.CancellationToken.IsCancellationRequested),
            MaxRetryAttempts = int.MaxValue,
            Delay = FirstPause,
            MaxDelay = LongestPause,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = attempt =>
            {
                failed(attempt.Outcome.Exception!);
                return default;
            },
        })
        .AddTimeout(new TimeoutStrategyOptions { Timeout = AttemptTimeout })
        .Build();
}
