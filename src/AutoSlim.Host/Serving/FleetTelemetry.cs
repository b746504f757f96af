using System.Diagnostics;
using AutoSlim.Host.Devices;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AutoSlim.Host.Serving;

/// <summary>Sends metrics and traces to a collector (OTLP): the host's own, those of its policies, and the web server's.</summary>
internal static class FleetTelemetry
{
    /// <summary>Of the steps of jobs.</summary>
    public static readonly ActivitySource Activities = new(HubMetrics.Name);

    /// <summary>Where OpenTelemetry's own settings say the collector is; its other variables (protocol, headers) hold too.</summary>
    private const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void Add(WebApplicationBuilder builder, ServeOptions options)
    {
        if (options.Otlp is not string collector) return;
        builder.Configuration[EndpointKey] = collector;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("autoslim-host"))
            .WithMetrics(metrics => metrics.AddMeter(HubMetrics.Name, "Polly").AddAspNetCoreInstrumentation().AddOtlpExporter())
            .WithTracing(traces => traces.AddSource(HubMetrics.Name).AddAspNetCoreInstrumentation().AddOtlpExporter());
    }
}
