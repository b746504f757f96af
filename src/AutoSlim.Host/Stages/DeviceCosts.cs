using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>What is known of one device's latencies.</summary>
/// <param name="Table">Measured operators and networks.</param>
/// <param name="Latency">The price of any configuration of the profiled network.</param>
internal sealed record DeviceCosts(CostTable Table, DeviceLatency Latency)
{
    /// <param name="definition">The profiled network.</param>
    /// <param name="device">As it is enrolled.</param>
    /// <param name="table">With every calibration network.</param>
    public static DeviceCosts Of(NetworkDefinition definition, string device, CostTable table) => new(table, new(device, table, Anchors.Calibrate(definition, table)));
}
