using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>
/// Measures some entries in rounds, each in a new random order, so that an entry's samples lie apart in time. Within a round
/// a <see cref="SpeedWatch"/> stands between every ten probes: what was measured while the device ran off its speed is measured again.
/// </summary>
/// <param name="device">Who measures.</param>
/// <param name="watch">Of the state in which the device is to be measured.</param>
/// <param name="seed">Decides the orders.</param>
/// <param name="wait">Waits for a device to cool down.</param>
internal sealed class ProbeRounds(ConnectedDevice device, SpeedWatch watch, ulong seed, Func<TimeSpan, CancellationToken, Task> wait)
{
    /// <summary>In which every entry is measured.</summary>
    public const int Count = 3;

    private const int Window = 10;
    private const int Attempts = 4;
    private const int Pauses = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.25);

    /// <summary>For one entry in one round.</summary>
    public static MeasurementPlan Plan { get; } = new() { WarmUpMilliseconds = 8, MinimumSamples = 6, MaximumSamples = 14 };

    private readonly List<double> accepted = [];

    /// <summary>Whether the watch is not heeded, only reported.</summary>
    public bool Ignores { get; init; }

    /// <summary>The largest drift under which probes were taken for good, as a share; 0 when there was none.</summary>
    public double LargestDrift => accepted.DefaultIfEmpty().MaxBy(Math.Abs);

    /// <returns>Null when the device came into another state and stayed there.</returns>
    /// <exception cref="CommandFailedException">The device could not measure an entry; names it and the reason.</exception>
    public async Task<IReadOnlyDictionary<ProbeEntry, Measurement>?> MeasureAsync(IReadOnlyList<ProbeEntry> entries, Action<ProbeEntry> onProbe, CancellationToken cancellation)
    {
        var random = new SplitMix64(seed);
        var results = entries.ToDictionary(entry => entry, _ => new List<ProbeResult>());
        for (var round = 1; round <= Count; round++)
        {
            var order = entries.ToArray();
            random.Shuffle(order.AsSpan());
            foreach (var window in order.Chunk(Window))
            {
                if (await WindowAsync(window, onProbe, cancellation) is not { } found) return null;
                foreach (var (entry, result) in window.Zip(found)) results[entry].Add(result);
            }
        }

        return results.ToDictionary(pair => pair.Key, pair => Measurement.OfRounds(pair.Value));
    }

    /// <summary>Null when the device is in another state.</summary>
    private async Task<IReadOnlyList<ProbeResult>?> WindowAsync(ProbeEntry[] window, Action<ProbeEntry> onProbe, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            var found = new List<ProbeResult>();
            foreach (var entry in window)
            {
                found.Add(await device.ProbeAsync(entry, Plan, cancellation));
                onProbe(entry);
            }

            var drift = await watch.DriftAsync(cancellation);
            if (Ignores || Math.Abs(drift) <= watch.Tolerance)
            {
                accepted.Add(drift);
                return found;
            }

            var left = Math.Abs(await CoolDownAsync(cancellation));
            if (left > SpeedWatch.LostShare) return null;
            if (left > watch.Tolerance) watch.Loosen();
        }

        return null;
    }

    /// <returns>The drift that is left.</returns>
    private async Task<double> CoolDownAsync(CancellationToken cancellation)
    {
        var drift = double.PositiveInfinity;
        var pause = FirstPause;
        for (var attempt = 0; attempt < Pauses && Math.Abs(drift) > watch.Tolerance; attempt++, pause *= 2)
        {
            await wait(pause, cancellation);
            drift = await watch.DriftAsync(cancellation);
        }

        return drift;
    }
}
