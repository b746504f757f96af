using System.Collections.Concurrent;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR;

namespace AutoSlim.Host.Devices;

/// <summary>All devices that were ever expected or seen, by name; one that left keeps its place for when it comes back.</summary>
internal sealed class DeviceRegistry(ModelStore models, IHubContext<ProfilerHub, IProfilerAgent> hub)
{
    private readonly ConcurrentDictionary<string, ConnectedDevice> devices = new(StringComparer.Ordinal);

    public IReadOnlyList<ConnectedDevice> Connected => [.. devices.Values.Where(device => device.IsConnected).OrderBy(device => device.Name, StringComparer.Ordinal)];

    public ConnectedDevice Of(string name) => devices.GetOrAdd(name, _ => new(name, models, hub.Clients.Client));

    public void Detach(string connectionId)
    {
        foreach (var device in devices.Values) device.Connection.Detach(connectionId);
    }

    public void GiveUp(DeviceException reason)
    {
        foreach (var device in devices.Values) device.Connection.GiveUp(reason);
    }
}
