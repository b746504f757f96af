using System.Globalization;
using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Profiling;
using Polly;
using Polly.Retry;

namespace AutoSlim.Host.Stages;

/// <summary>
/// Asks a device again that is busy with something else, after pauses that grow to a minute and 42 seconds in all, and one that is too hot,
/// after pauses that grow to 7.5 minutes in all: such moments may pass. Each answer stands alone: what came before it is forgotten.
/// </summary>
internal static class PatientProbing
{
    public const int Attempts = 11;

    /// <summary>At a device that is too hot.</summary>
    public const int HotAttempts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan FirstCooling = TimeSpan.FromSeconds(30);

    /// <summary>Times an entry that has to be timed.</summary>
    /// <exception cref="CommandFailedException">The device could not; names the entry and the reason.</exception>
    public static async Task<ProbeResult> ProbeAsync(this ConnectedDevice device, ProbeEntry entry, MeasurementPlan plan, CancellationToken cancellation)
    {
        var result = await device.MeasurePatientlyAsync(entry.Model(), entry.Name, plan, cancellation);
        return result.Status == ProbeStatus.Ok ? result : throw new CommandFailedException($"device '{device.Name}' could not measure '{entry.Name}': {result.Reason}");
    }

    /// <inheritdoc cref="ConnectedDevice.MeasureAsync"/>
    /// <returns>What the last attempt gave.</returns>
    public static async Task<ProbeResult> MeasurePatientlyAsync(this ConnectedDevice device, byte[] model, string entry, MeasurementPlan plan, CancellationToken cancellation)
    {
        var result = await Asking(device).ExecuteAsync(async token => await device.MeasureAsync(model, entry, plan, token), cancellation);
        return result.Status == ProbeStatus.Thermal ? result with { Reason = $"{result.Reason}; {Advice}" } : result;
    }

    private static string Advice =>
        $"it was asked {HotAttempts} times and did not cool: give it air, a fan or a lower fixed frequency, then run the same command again, which keeps what was measured";

    /// <summary>A device that has cooled gets all its patience for being busy again.</summary>
    private static ResiliencePipeline<ProbeResult> Asking(ConnectedDevice device) => new ResiliencePipelineBuilder<ProbeResult> { TimeProvider = device.Time }
        .AddRetry(Retry(ProbeStatus.Thermal, HotAttempts, FirstCooling, attempt => device.Tell(Cooling(device, attempt))))
        .AddRetry(Retry(ProbeStatus.Unstable, Attempts, FirstPause, _ => { }))
        .Build();

    private static RetryStrategyOptions<ProbeResult> Retry(ProbeStatus status, int attempts, TimeSpan firstPause, Action<OnRetryArguments<ProbeResult>> onRetry) => new()
    {
        ShouldHandle = new PredicateBuilder<ProbeResult>().HandleResult(result => result.Status == status),
        MaxRetryAttempts = attempts - 1,
        Delay = firstPause,
        BackoffType = DelayBackoffType.Exponential,
        OnRetry = attempt =>
        {
            onRetry(attempt);
            return default;
        },
    };

    private static string Cooling(ConnectedDevice device, OnRetryArguments<ProbeResult> attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"device '{device.Name}' cools for {attempt.RetryDelay.TotalSeconds:0} s: {attempt.Outcome.Result!.Reason}");
}
