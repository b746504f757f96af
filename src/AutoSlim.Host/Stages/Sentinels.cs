using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>
/// A few networks that the table knows, timed again: they tell whether a device still runs as when it was calibrated. Several, for
/// one alone may be a tenth off by the luck of where its memory lies.
/// </summary>
internal sealed class Sentinels(NetworkDefinition definition, CostTable table)
{
    private const int Rounds = 3;

    private readonly IReadOnlyList<ProbeEntry> entries = [.. Anchors.Sentinels(definition, table.Alignment).Select(ProbeEntry.Network)];

    public IReadOnlyList<(string Name, byte[] Model)> Models => [.. entries.Select(entry => (entry.Name, entry.Model()))];

    /// <summary>How many times as long as in the table they took: the median of them.</summary>
    /// <param name="milliseconds">In the order of <see cref="Models"/>.</param>
    public double Slowness(IEnumerable<double> milliseconds) => SampleStatistics
        .Of([.. entries.Zip(milliseconds, (entry, now) => 1000 * now / table.Find(entry)!.MedianMicroseconds)]).MedianMicroseconds;

    /// <summary>Today's slowness, minus 1; null when the device was too busy to tell.</summary>
    public async Task<double?> DriftAsync(ConnectedDevice device, ulong seed, CancellationToken cancellation)
    {
        try
        {
            return Slowness(await new InterleavedTimes(device.Afresh(), Rounds, seed).MeasureAsync(Models, (_, _) => { }, cancellation)) - 1;
        }
        catch (DeviceBusyException)
        {
            return null;
        }
    }

    /// <summary>Waits for a disturbed device to settle, for a while; returns the drift that is left.</summary>
    public async Task<double?> SettleAsync(ConnectedDevice device, ulong seed, double tolerance, int attempts, TimeSpan pause, CancellationToken cancellation)
    {
        var drift = await DriftAsync(device, seed, cancellation);
        for (var attempt = 1; attempt < attempts && !(Math.Abs(drift ?? double.NaN) <= tolerance); attempt++)
        {
            await Task.Delay(pause, cancellation);
            drift = await DriftAsync(device, seed, cancellation);
        }

        return drift;
    }
}
