using AutoSlim.Host.Fleet;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>The hub for agents and the models on offer, for a verb's own server and for the headless host.</summary>
internal static class ProfilerHubEndpoints
{
    /// <summary>Wants a <see cref="FleetDatabase"/>, a <see cref="LeasePolicy"/> and a <see cref="TimeProvider"/> beside it.</summary>
    public static IServiceCollection AddProfilerHub(this IServiceCollection services)
    {
        services
            .AddSingleton<FleetWriter>()
            .AddSingleton<ProbeLedger>()
            .AddSingleton<Deliveries>()
            .AddSingleton<ModelStore>()
            .AddSingleton<HubServices>()
            .AddSingleton<DeviceRegistry>()
            .AddSingleton<HubMetrics>()
            .AddRoutingCore()
            .AddSignalR(hub => hub.MaximumReceiveMessageSize = ProfilerProtocol.MaximumMessageBytes)
            .AddMessagePackProtocol(protocol => protocol.SerializerOptions = WireFormat.Options);
        return services;
    }

    /// <returns>Both endpoints, to guard them.</returns>
    public static IReadOnlyList<IEndpointConventionBuilder> MapProfilerHub(this IEndpointRouteBuilder routes) =>
    [
        routes.MapHub<ProfilerHub>(ProfilerProtocol.HubPath),
        routes.MapGet(ProfilerProtocol.ModelsPath + "{hash}", SendModelAsync),
    ];

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
