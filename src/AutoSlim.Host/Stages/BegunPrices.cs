using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>The prices of a search that has begun: its steps were decided by them, whatever the device has measured since.</summary>
internal static class BegunPrices
{
    /// <param name="run">The search's.</param>
    /// <param name="definition">The network.</param>
    /// <param name="device">As it is enrolled.</param>
    /// <param name="wanted">What has to have a price.</param>
    /// <returns>Null where no step was taken yet, or without such a price.</returns>
    /// <exception cref="CostTableFileException">The run's table cannot be used.</exception>
    public static DeviceCosts? Of(RunFolder run, NetworkDefinition definition, string device, WantedPrices wanted)
    {
        if (!File.Exists(run.TracePath) || !File.Exists(run.CostTablePath(device))) return null;
        var table = CostTableFile.Read(run.CostTablePath(device));
        if (wanted.Latency && !Anchors.AreKnown(definition, table) || wanted.Memory && MemoryStage.Missing(table, definition).Count > 0) return null;
        var costs = wanted.Latency ? DeviceCosts.Of(definition, device, table) : new(device, table);
        return wanted.Memory ? MemoryStage.Known(costs, definition) : costs;
    }
}
