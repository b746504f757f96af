using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>A device for as long as a verb runs: the hub on loopback, and for <c>local</c> an agent of our own.</summary>
internal sealed class DeviceSession : IAsyncDisposable
{
    /// <summary>The device that is this machine.</summary>
    public const string LocalDevice = "local";

    private readonly DeviceServer server;
    private readonly LocalAgent? agent;

    private DeviceSession(DeviceServer server, LocalAgent? agent, ConnectedDevice device) => (this.server, this.agent, Device) = (server, agent, device);

    public ConnectedDevice Device { get; }

    /// <exception cref="UsageException">The port cannot be had, or the token is missing or does not do.</exception>
    /// <exception cref="CommandFailedException">The agent did not come, or died; with its last words.</exception>
    public static async Task<DeviceSession> OpenAsync(string device, DeviceSessionOptions options, TextWriter notices, CancellationToken cancellation)
    {
        if (device != LocalDevice && options.Token is null) throw new UsageException(TokenMissing(device));
        var server = await ServeAsync(options, cancellation);
        try
        {
            if (device == LocalDevice)
            {
                var agent = await LocalAgent.StartAsync(server, new() { ConnectTimeout = options.ConnectTimeout }, cancellation);
                return new(server, agent, agent.Device);
            }

            await notices.WriteLineAsync($"waiting for device '{device}': autoslim-agent --server {server.Address} --name {device}");
            return new(server, null, await server.WaitForAsync(device, options.ConnectTimeout, cancellation));
        }
        catch (Exception failure)
        {
            await server.DisposeAsync();
            if (failure is DeviceException) throw new CommandFailedException(failure.Message, failure);
            throw;
        }
    }

    /// <summary>With a token that the host made up, nobody's agent could ever come in.</summary>
    private static string TokenMissing(string device) =>
        $"device '{device}' brings its own agent, and the two need a secret in common: put the same token into {ProfilerProtocol.TokenVariable} here and there";

    public async ValueTask DisposeAsync()
    {
        if (agent is not null) await agent.DisposeAsync();
        await server.DisposeAsync();
    }

    private static async Task<DeviceServer> ServeAsync(DeviceSessionOptions options, CancellationToken cancellation)
    {
        var serverOptions = options.Token is string token ? new DeviceServerOptions { Port = options.Port, Token = token } : new DeviceServerOptions { Port = options.Port };
        if (serverOptions.Problems() is { Count: > 0 } problems) throw new UsageException(problems);
        try
        {
            return await DeviceServer.StartAsync(serverOptions, cancellation);
        }
        catch (DeviceException failure)
        {
            throw new UsageException(failure.Message);
        }
    }
}
