using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace AutoSlim.Host.Devices;

/// <summary>What a hub does about a device that fails, by names that the metrics show (meter <c>Polly</c>).</summary>
internal sealed class DevicePolicies
{
    /// <summary>The policies' name; the instance is the device.</summary>
    public const string QuestionsName = "device-questions";

    public const string EvaluationsName = "device-evaluations";

    private const double EveryFailure = 1;
    private static readonly TimeSpan SamplingTime = TimeSpan.FromMinutes(30);

    /// <param name="device">Its name.</param>
    /// <param name="policy">How patient to be.</param>
    /// <param name="logs">Of the policies' events.</param>
    public DevicePolicies(string device, LeasePolicy policy, ILoggerFactory logs)
    {
        Questions = new ResiliencePipelineBuilder { Name = QuestionsName, InstanceName = device }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                Name = "left-alone",
                ShouldHandle = new PredicateBuilder().Handle<DeviceException>(),
                FailureRatio = EveryFailure,
                MinimumThroughput = policy.FailuresUntilBreak,
                SamplingDuration = SamplingTime,
                BreakDuration = policy.BreakTime,
            })
            .ConfigureTelemetry(logs)
            .Build();
        Evaluations = new ResiliencePipelineBuilder { Name = EvaluationsName, InstanceName = device }
            .AddRetry(new RetryStrategyOptions { Name = "again", ShouldHandle = new PredicateBuilder().Handle<IOException>(), MaxRetryAttempts = policy.MaximumLeases - 1, Delay = TimeSpan.Zero })
            .ConfigureTelemetry(logs)
            .Build();
    }

    /// <summary>A device that fails again and again is left alone for a while.</summary>
    public ResiliencePipeline Questions { get; }

    /// <summary>Images are sent again to an agent that was lost.</summary>
    public ResiliencePipeline Evaluations { get; }
}
