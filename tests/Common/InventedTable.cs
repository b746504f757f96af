using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Tests.Common;

/// <summary>A table with all that a network's price needs: every operator takes 5 us and every calibration network 1 ms, unless a test says otherwise.</summary>
internal static class InventedTable
{
    /// <param name="definition">The network.</param>
    /// <param name="device">Whose table it is.</param>
    /// <param name="dear">An operator that takes 90 us; null for none.</param>
    public static CostTable Of(NetworkDefinition definition, DeviceDescription device, LayerSignature? dear = null)
    {
        var table = new CostTable(device);
        foreach (var probe in DeviceAlignment.Probes) Record(ProbeEntry.Operator(probe), 15 + probe.OutputChannels / 64.0);
        foreach (var probe in DeviceAlignment.Probes) Record(ProbeEntry.Context(probe), 10);
        IEnumerable<LayerSignature> operators = ProfilingPlan.For(definition, table.Alignment);
        foreach (var signature in dear is null ? operators : operators.Append(dear))
        {
            Record(ProbeEntry.Context(signature), 10);
            Record(ProbeEntry.Operator(signature), signature == dear ? 100 : 15);
        }

        foreach (var entry in table.Missing(Refinement.Next(table, ProfilingPlan.For(definition, table.Alignment)))) Record(entry, entry.Name.StartsWith("context", StringComparison.Ordinal) ? 10 : 15);
        foreach (var anchor in Anchors.For(definition, table.Alignment)) Record(ProbeEntry.Network(anchor), 1000);
        return table;

        void Record(ProbeEntry entry, double microseconds) => table.Record(entry.Name, new(microseconds, microseconds, microseconds, 9, 0, ProbeStatus.Ok));
    }

    /// <summary>Writes such a table but for its last calibration networks, so that little is left to measure and the device is not compared with it.</summary>
    /// <returns>As it was written.</returns>
    public static CostTable WriteLacking(int networks, string path, NetworkDefinition definition, DeviceDescription device)
    {
        var full = Of(definition, device);
        var lacking = full.Measurements.Keys.Where(ProbeEntry.IsNetwork).TakeLast(networks).ToHashSet();
        var table = new CostTable(device);
        foreach (var (name, measurement) in full.Measurements.Where(entry => !lacking.Contains(entry.Key))) table.Record(name, measurement);
        CostTableFile.Write(path, table);
        return CostTableFile.Read(path);
    }
}
