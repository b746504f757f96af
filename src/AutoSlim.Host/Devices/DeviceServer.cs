using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace AutoSlim.Host.Devices;

/// <summary>Where devices connect: the hub and the models on one loopback port, behind one token.</summary>
public sealed class DeviceServer : IAsyncDisposable
{
    private static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(2);

    private readonly WebApplication application;
    private readonly DeviceRegistry devices;

    private DeviceServer(WebApplication application, DeviceServerOptions options)
    {
        this.application = application;
        devices = application.Services.GetRequiredService<DeviceRegistry>();
        Token = options.Token;
    }

    /// <summary>What an agent's <c>--server</c> must be.</summary>
    public Uri Address => new(application.Urls.Single());

    public string Token { get; }

    /// <summary>Those that are connected now, by name.</summary>
    public IReadOnlyList<ConnectedDevice> Devices => [.. devices.All.Where(device => device.IsConnected).Select(device => device.Device)];

    /// <exception cref="ArgumentException">The options are wrong.</exception>
    /// <exception cref="DeviceException">The port cannot be had.</exception>
    public static async Task<DeviceServer> StartAsync(DeviceServerOptions options, CancellationToken cancellation)
    {
        if (options.Problems() is { Count: > 0 } problems) throw new ArgumentException(string.Join("; ", problems), nameof(options));
        var application = DeviceApplication.Build(options);
        try
        {
            await application.StartAsync(cancellation);
            return new(application, options);
        }
        catch (Exception error)
        {
            await application.DisposeAsync();
            if (Explain(options.Port, error) is string explanation) throw new DeviceException(explanation, error);
            throw;
        }
    }

    /// <summary>Waits until the device is there.</summary>
    /// <exception cref="DeviceException">It did not come in time.</exception>
    public async Task<ConnectedDevice> WaitForAsync(string name, TimeSpan timeout, CancellationToken cancellation)
    {
        var device = devices.Of(name);
        await device.Connection.WaitAsync(timeout, cancellation);
        return device.Device;
    }

    public async ValueTask DisposeAsync()
    {
        devices.GiveUp(new("the server for devices was stopped"));
        using (var limit = new CancellationTokenSource(StoppingTime)) await application.StopAsync(limit.Token);
        await application.DisposeAsync();
    }

    internal HubDevice Expect(string name) => devices.Of(name);

    private static string? Explain(int port, Exception error) => error switch
    {
        IOException { InnerException: AddressInUseException } => $"port {port} is in use on this machine: stop what listens there, choose another port, or 0 for any free one",
        IOException or SocketException => $"port {port} cannot be opened: {error.Message}",
        _ => null,
    };
}
