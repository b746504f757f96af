using AutoSlim.Host.Serving;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AutoSlim.Host.Telemetry;

/// <summary>Sends metrics and traces of the headless host: its own, those of its policies, and the web server's.</summary>
internal static class FleetTelemetry
{
    public static void Add(WebApplicationBuilder builder, ServeOptions options)
    {
        if (options.Otlp is string collector) builder.Configuration[HostTelemetry.EndpointVariable] = collector;
        if (string.IsNullOrEmpty(builder.Configuration[HostTelemetry.EndpointVariable])) return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddAutoSlim("autoslim-host"))
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddAutoSlim())
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddAutoSlim());
    }
}
