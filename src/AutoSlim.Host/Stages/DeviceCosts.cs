using AutoSlim.Costs;

namespace AutoSlim.Host.Stages;

/// <summary>What is known of one device's latencies.</summary>
/// <param name="Table">Measured operators and networks.</param>
/// <param name="Latency">The price of any configuration of the profiled network.</param>
internal sealed record DeviceCosts(CostTable Table, DeviceLatency Latency);
