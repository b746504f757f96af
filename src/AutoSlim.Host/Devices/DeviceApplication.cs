using System.Net;
using AutoSlim.Profiling;
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
            .AddSingleton<ModelStore>()
            .AddSingleton<DeviceRegistry>()
            .AddRoutingCore()
            .AddSignalR(hub => hub.MaximumReceiveMessageSize = ProfilerProtocol.MaximumMessageBytes)
            .AddMessagePackProtocol(protocol => protocol.SerializerOptions = WireFormat.Options);
        var application = builder.Build();
        application.Use(new BearerToken(options.Token).CheckAsync);
        application.MapHub<ProfilerHub>(ProfilerProtocol.HubPath);
        application.MapGet(ProfilerProtocol.ModelsPath + "{hash}", SendModelAsync);
        return application;
    }

    private static async Task SendModelAsync(HttpContext context)
    {
        var content = context.RequestServices.GetRequiredService<ModelStore>().Find((string)context.Request.RouteValues["hash"]!);
        if (content is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
