using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Remote;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>A device for as long as a verb runs: of a running host, or by a hub on loopback, for <c>local</c> with an agent of our own.</summary>
internal sealed class DeviceSession : IAsyncDisposable
{
    /// <summary>The device that is this machine.</summary>
    public const string LocalDevice = "local";

    /// <summary>Of a host that may be starting: some ten minutes.</summary>
    private const int HostAttempts = 60;

    private readonly IReadOnlyList<object> resources;

    private DeviceSession(ConnectedDevice device, params IReadOnlyList<object> resources) => (Device, this.resources) = (device, resources);

    public ConnectedDevice Device { get; }

    /// <exception cref="UsageException">The port cannot be had, or the token is missing or does not do.</exception>
    /// <exception cref="CommandFailedException">The agent did not come, or died; with its last words.</exception>
    public static async Task<DeviceSession> OpenAsync(string device, DeviceSessionOptions options, TextWriter notices, CancellationToken cancellation)
    {
        if (options.Server is HostAddress host && device != LocalDevice) return await OpenAtAsync(host, device, options, notices, cancellation);
        if (device != LocalDevice && options.Token is null) throw new UsageException(TokenMissing(device));
        var server = await ServeAsync(options, cancellation);
        try
        {
            if (device == LocalDevice)
            {
                var agent = await LocalAgent.StartAsync(server, new() { ConnectTimeout = options.ConnectTimeout }, cancellation);
                return new(agent.Device, agent, server);
            }

            await notices.WriteLineAsync($"waiting for device '{device}': autoslim-agent --server {server.Address} --name {device}");
            return new(await server.WaitForAsync(device, options.ConnectTimeout, cancellation), server);
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
        foreach (var resource in resources)
        {
            if (resource is IAsyncDisposable leaving) await leaving.DisposeAsync();
            else (resource as IDisposable)?.Dispose();
        }
    }

    /// <summary>A job has all the time that its device takes to come back, unless it says how long.</summary>
    private static async Task<DeviceSession> OpenAtAsync(HostAddress address, string device, DeviceSessionOptions options, TextWriter notices, CancellationToken cancellation)
    {
        var host = new HostClient(address, HostAttempts);
        try
        {
            var isPatient = !options.IsTimeoutGiven && Environment.GetEnvironmentVariable(HostAddress.CampaignVariable) is not null;
            return new(await ServerDevices.WaitAsync(host, device, isPatient ? Timeout.InfiniteTimeSpan : options.ConnectTimeout, options.Sitting, notices, cancellation), host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
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
