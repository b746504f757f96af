using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>Times one known network to see whether a device still runs as when its table was calibrated.</summary>
internal sealed class Sentinel(NetworkDefinition definition, ConnectedDevice device)
{
    /// <summary>Today's time over the table's, minus 1; null when the table has none or the device was too busy to tell.</summary>
    public async Task<double?> DriftAsync(CostTable table, CancellationToken cancellation)
    {
        var entry = ProbeEntry.Network(Anchors.Sentinel(definition));
        if (table.Find(entry) is not Measurement before) return null;
        var result = await device.MeasureAsync(entry.Model(), entry.Name, MeasurementPlan.Thorough, cancellation);
        return result.Status == ProbeStatus.Ok ? Measurement.Of(result).MedianMicroseconds / before.MedianMicroseconds - 1 : null;
    }

    /// <summary>Waits for a disturbed device to settle, for a while; returns the drift that is left.</summary>
    public async Task<double?> SettleAsync(CostTable table, double tolerance, int attempts, TimeSpan pause, CancellationToken cancellation)
    {
        var drift = await DriftAsync(table, cancellation);
        for (var attempt = 1; attempt < attempts && !(Math.Abs(drift ?? double.NaN) <= tolerance); attempt++)
        {
            await Task.Delay(pause, cancellation);
            drift = await DriftAsync(table, cancellation);
        }

        return drift;
    }
}
