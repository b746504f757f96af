using AutoSlim.Host.Devices;

namespace AutoSlim.Tests.Common;

/// <summary>One server with one local agent, shared by the tests that leave both as they found them.</summary>
public sealed class RunningAgent : IAsyncLifetime
{
    private LocalAgent? agent;
    private DeviceServer? server;

    public ConnectedDevice Device => agent!.Device;

    public DeviceServer Server => server!;

    public async ValueTask InitializeAsync()
    {
        server = await DeviceServer.StartAsync(new(), CancellationToken.None);
        agent = await LocalAgent.StartAsync(server, new(), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (agent is not null) await agent.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
    }
}
