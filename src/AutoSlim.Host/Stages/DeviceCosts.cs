using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>What is known of one device's latencies, and of its memory where that was asked for.</summary>
/// <param name="Table">Measured operators and networks.</param>
/// <param name="Latency">The price of any configuration of the profiled network.</param>
internal sealed record DeviceCosts(CostTable Table, DeviceLatency Latency)
{
    /// <summary>The price of any configuration's memory; null where nobody asked for it.</summary>
    public DeviceMemory? Memory { get; init; }

    /// <summary>All that has a price on this device.</summary>
    public IReadOnlyList<ICostModel> Models => Memory is null ? [Latency] : [Latency, Memory];

    /// <summary>The configuration at, or nearest to, the width multiplier that is measured to calibrate this device.</summary>
    public ResolvedNetwork Uniform(NetworkDefinition definition, double width) => definition.Resolve(definition.Aligned(definition.Uniform(width), Table.Alignment));

    /// <summary>The narrowest configuration that the device gains by.</summary>
    public ResolvedNetwork Narrowest(NetworkDefinition definition) => definition.Resolve(definition.Aligned(definition.Narrowest, Table.Alignment));

    /// <summary>A measured cost for people: <c>0.3121 ms</c>, <c>6.73 MB</c>.</summary>
    public static string Text(string cost, double value) => cost.StartsWith(DeviceMemory.NameFor(""), StringComparison.Ordinal)
        ? FormattableString.Invariant($"{value / 1e6:0.00} MB")
        : FormattableString.Invariant($"{value:0.0000} ms");

    /// <param name="definition">The profiled network.</param>
    /// <param name="device">As it is enrolled.</param>
    /// <param name="table">With every calibration network, or imported.</param>
    public static DeviceCosts Of(NetworkDefinition definition, string device, CostTable table) => new(table, new(device, table, Anchors.Calibrate(definition, table)));
}
