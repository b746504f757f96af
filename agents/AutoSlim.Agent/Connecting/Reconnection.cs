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
            ShouldHandle = new PredicateBuilder().Handle<Exception>(error => error is not AgentException), // a host that stops in good order cancels what it was asked
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
