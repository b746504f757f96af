using System.Diagnostics.Metrics;
using AutoSlim.Host.Telemetry;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>What the hub tells of itself, under the meter <see cref="HostTelemetry.Name"/>.</summary>
internal sealed class HubMetrics : IDisposable
{
    private readonly Meter meter = new(HostTelemetry.Name);
    private readonly Counter<long> receipts;
    private readonly Histogram<double> acknowledging;

    public HubMetrics(DeviceRegistry devices)
    {
        receipts = meter.CreateCounter<long>("autoslim.probe.reports", description: "Reports of agents, by what became of them.");
        acknowledging = meter.CreateHistogram<double>("autoslim.probe.acknowledging", "ms", "From a report's arrival to its receipt.");
        meter.CreateObservableGauge("autoslim.agents.connected", () => devices.All.Count(device => device.IsConnected), description: "Agents that are here.");
        meter.CreateObservableGauge("autoslim.devices.busy", () => devices.All.Count(device => device is { IsConnected: true, Doing: not null }), description: "Devices that measure now.");
        meter.CreateObservableGauge("autoslim.devices.waiting", () => devices.All.Sum(device => device.Waiting), description: "Questions that wait for their device.");
    }

    public void Reported(ProbeReceipt receipt, TimeSpan elapsed)
    {
        receipts.Add(1, KeyValuePair.Create<string, object?>("receipt", $"{receipt}"));
        acknowledging.Record(elapsed.TotalMilliseconds);
    }

    public void Dispose() => meter.Dispose();
}
