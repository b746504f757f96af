using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>What is known of one device, of its latencies, its memory or both, as was asked for.</summary>
/// <param name="Device">As it is enrolled.</param>
/// <param name="Table">Measured operators and networks.</param>
internal sealed record DeviceCosts(string Device, CostTable Table)
{
    /// <summary>The price of any configuration's latency; null where nobody asked for it.</summary>
    public DeviceLatency? Latency { get; init; }

    /// <summary>The price of any configuration's memory; null where nobody asked for it.</summary>
    public DeviceMemory? Memory { get; init; }

    /// <summary>All that has a price on this device.</summary>
    public IReadOnlyList<ICostModel> Models => [.. new ICostModel?[] { Latency, Memory }.OfType<ICostModel>()];

    /// <summary>The configuration at, or nearest to, the width multiplier that is measured to calibrate this device.</summary>
    public ResolvedNetwork Uniform(NetworkDefinition definition, double width) => definition.Resolve(definition.Aligned(definition.Uniform(width), Table.Alignment));

    /// <summary>The narrowest configuration that the device gains by.</summary>
    public ResolvedNetwork Narrowest(NetworkDefinition definition) => definition.Resolve(definition.Aligned(definition.Narrowest, Table.Alignment));

    /// <summary>A measured cost for people: <c>0.3121 ms</c>, <c>6.73 MB</c>.</summary>
    public static string Text(string cost, double value) => cost.StartsWith(DeviceMemory.NameFor(""), StringComparison.Ordinal)
        ? FormattableString.Invariant($"{value / 1e6:0.00} MB")
        : FormattableString.Invariant($"{value:0.0000} ms");

    /// <summary>With the latencies.</summary>
    /// <param name="definition">The profiled network.</param>
    /// <param name="device">As it is enrolled.</param>
    /// <param name="table">With every calibration network, or imported.</param>
    public static DeviceCosts Of(NetworkDefinition definition, string device, CostTable table) =>
        new(device, table) { Latency = new(device, table, Anchors.Calibrate(definition, table)) };
}
