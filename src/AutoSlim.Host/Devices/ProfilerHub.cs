using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR;

namespace AutoSlim.Host.Devices;

/// <summary>Where agents arrive and leave.</summary>
internal sealed class ProfilerHub(DeviceRegistry devices) : Hub<IProfilerAgent>, IProfilerHub
{
    public Task<Welcome> Greet(AgentHello hello)
    {
        var refusal = hello is null ? "the greeting is empty" : hello.Problem() ?? devices.Of(hello.Name).Connection.Attach(Context.ConnectionId, hello.Device);
        return Task.FromResult(new Welcome(ProfilerProtocol.Version, refusal));
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        devices.Detach(Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
