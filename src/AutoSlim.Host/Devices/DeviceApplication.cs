using System.Net;
using AutoSlim.Host.Fleet.State;
using Microsoft.Extensions.Logging.Console;

namespace AutoSlim.Host.Devices;

/// <summary>The web application behind a <see cref="DeviceServer"/>: silent on standard output and deaf to environment and configuration files.</summary>
internal static class DeviceApplication
{
    public static WebApplication Build(DeviceServerOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning)
            // It logs what StartAsync throws to the caller anyway.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services
            .Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSingleton<IHostLifetime, CallerLifetime>()
            .AddSingleton(_ => FleetDatabase.InMemory())
            .AddSingleton(LeasePolicy.Impatient)
            .AddSingleton(TimeProvider.System)
            .AddProfilerHub();
        var application = builder.Build();
        application.Use(new BearerToken(options.Token).CheckAsync);
        application.MapProfilerHub();
        return application;
    }
}
