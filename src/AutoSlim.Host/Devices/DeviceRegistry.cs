using System.Collections.Concurrent;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>All devices that were ever expected or seen, by name; one that left keeps its place for when it comes back.</summary>
internal sealed class DeviceRegistry(HubServices services)
{
    private readonly ConcurrentDictionary<string, HubDevice> devices = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public IReadOnlyList<HubDevice> All => [.. devices.Values.OrderBy(device => device.Name, StringComparer.Ordinal)];

    /// <summary>An agent came or went.</summary>
    public event Action<HubDevice>? Changed;

    /// <summary>An agent told how its device fares.</summary>
    public event Action<HubDevice, DeviceConditions>? Beaten;

    public HubDevice Of(string name) => devices.GetOrAdd(name, _ => new(name, services));

    /// <returns>Why the agent is refused, or null.</returns>
    public string? Attach(AgentSession session)
    {
        var device = Of(session.AgentName);
        var refusal = device.Connection.Attach(session);
        if (refusal is null) Changed?.Invoke(device);
        return refusal;
    }

    public void Beat(AgentSession session, Heartbeat heartbeat)
    {
        session.Beat(heartbeat);
        Beaten?.Invoke(Of(session.AgentName), heartbeat.Conditions);
    }

    public void Detach(AgentSession session)
    {
        var device = Of(session.AgentName);
        device.Connection.Detach(session.ConnectionId);
        Changed?.Invoke(device);
    }

    public void GiveUp(DeviceException reason)
    {
        foreach (var device in devices.Values) device.Connection.GiveUp(reason);
    }
}
