using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Profiling;
using Polly;
using Polly.Retry;

namespace AutoSlim.Host.Stages;

/// <summary>Asks a device that is busy with something else again, after pauses that grow to a minute and 42 seconds in all: such a moment may pass.</summary>
internal static class PatientProbing
{
    public const int Attempts = 11;

    private static readonly ResiliencePipeline<ProbeResult> Asking = new ResiliencePipelineBuilder<ProbeResult>()
        .AddRetry(new RetryStrategyOptions<ProbeResult>
        {
            ShouldHandle = new PredicateBuilder<ProbeResult>().HandleResult(result => result.Status == ProbeStatus.Unstable),
            MaxRetryAttempts = Attempts - 1,
            Delay = TimeSpan.FromMilliseconds(100),
            BackoffType = DelayBackoffType.Exponential,
        })
        .Build();

    /// <summary>Times an entry that has to be timed.</summary>
    /// <exception cref="CommandFailedException">The device could not; names the entry and the reason.</exception>
    public static async Task<ProbeResult> ProbeAsync(this ConnectedDevice device, ProbeEntry entry, MeasurementPlan plan, CancellationToken cancellation)
    {
        var result = await device.MeasurePatientlyAsync(entry.Model(), entry.Name, plan, cancellation);
        return result.Status == ProbeStatus.Ok ? result : throw new CommandFailedException($"device '{device.Name}' could not measure '{entry.Name}': {result.Reason}");
    }

    /// <inheritdoc cref="ConnectedDevice.MeasureAsync"/>
    /// <returns>What the last attempt gave.</returns>
    public static async Task<ProbeResult> MeasurePatientlyAsync(this ConnectedDevice device, byte[] model, string entry, MeasurementPlan plan, CancellationToken cancellation) =>
        await Asking.ExecuteAsync(async token => await device.MeasureAsync(model, entry, plan, token), cancellation);
}
