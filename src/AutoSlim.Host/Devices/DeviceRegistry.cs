using System.Collections.Concurrent;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>All devices that were ever expected or seen, by name; one that left keeps its place for when it comes back.</summary>
internal sealed class DeviceRegistry(HubServices services)
{
    private readonly ConcurrentDictionary<string, HubDevice> devices = new(StringComparer.Ordinal);

    private readonly ILogger logger = services.Logs.CreateLogger<DeviceRegistry>();

    private readonly ConcurrentDictionary<string, (string Key, Action Abort)> connections = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public IReadOnlyList<HubDevice> All => [.. devices.Values.OrderBy(device => device.Name, StringComparer.Ordinal)];

    /// <summary>An agent came or went.</summary>
    public event Action<HubDevice>? Changed;

    /// <summary>An agent told how its device fares.</summary>
    public event Action<HubDevice, DeviceConditions>? Beaten;

    public bool IsConnected(string name) => devices.TryGetValue(name, out var device) && device.IsConnected;

    public HubDevice Of(string name) => devices.GetOrAdd(name, _ => new(name, services));

    /// <param name="session">Of the agent.</param>
    /// <param name="ownsName">Whether its key says who it is, and not its greeting alone.</param>
    /// <returns>Why the agent is refused, or null.</returns>
    public string? Attach(AgentSession session, bool ownsName)
    {
        var device = Of(session.AgentName);
        var before = device.Connection.Description;
        if (device.Connection.Attach(session, ownsName) is string refusal) return refusal;
        if (before is not null && before != session.Description)
            logger.LogWarning("device {Device} has changed: its key was {Before} and is {Now} ({Description})", device.Name, before.Fingerprint, session.Description.Fingerprint, session.Description);
        Changed?.Invoke(device);
        return null;
    }

    /// <summary>Of two agents with one key the older lives on unseen when the newer has left: it has to come anew.</summary>
    public void Beat(AgentSession session, Heartbeat heartbeat)
    {
        if (!Of(session.AgentName).IsConnected)
        {
            session.Abort();
            return;
        }

        session.Beat(heartbeat);
        Beaten?.Invoke(Of(session.AgentName), heartbeat.Conditions);
    }

    public void Detach(AgentSession session)
    {
        var device = Of(session.AgentName);
        device.Connection.Detach(session.ConnectionId);
        Changed?.Invoke(device);
    }

    /// <summary>Somebody came with a device's key; it may have yet to greet.</summary>
    public void Opened(string connectionId, string device, Action abort) => connections[connectionId] = (device, abort);

    public void Closed(string connectionId) => connections.TryRemove(connectionId, out _);

    /// <summary>Ends all connections of a key that is worth nothing any more, greeted or not.</summary>
    public void CutOff(string device)
    {
        foreach (var (key, abort) in connections.Values)
            if (key == device) abort();
    }

    /// <summary>A device that was thrown out: nobody waits for it any longer.</summary>
    public void Expel(string device)
    {
        CutOff(device);
        Of(device).Connection.Expel(new($"device '{device}' was thrown out of the fleet"));
    }

    public void GiveUp(DeviceException reason)
    {
        foreach (var device in devices.Values) device.Connection.GiveUp(reason);
    }
}
