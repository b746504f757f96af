using System.Diagnostics;
using AutoSlim.Slimming;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AutoSlim.Host.Telemetry;

/// <summary>What the host and its verbs tell of themselves, and how a collector (OTLP) is named.</summary>
internal static class HostTelemetry
{
    /// <summary>Of the activity source and the meter.</summary>
    public const string Name = "AutoSlim.Host";

    /// <summary>Where OpenTelemetry's own settings say the collector is; its other variables (protocol, headers) hold too.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>How a process is told whose part it is (W3C trace context).</summary>
    public const string ParentVariable = "TRACEPARENT";

    /// <summary>Of verbs, steps of jobs and probes.</summary>
    public static readonly ActivitySource Activities = new(Name);

    public static ResourceBuilder AddAutoSlim(this ResourceBuilder resource, string service) => resource.AddService(service, serviceVersion: typeof(HostTelemetry).Assembly.GetName().Version?.ToString());

    public static MeterProviderBuilder AddAutoSlim(this MeterProviderBuilder metrics) => metrics.AddMeter(Name, SlimmingTelemetry.Name, "Polly").AddOtlpExporter();

    public static TracerProviderBuilder AddAutoSlim(this TracerProviderBuilder traces) => traces.AddSource(Name, SlimmingTelemetry.Name).AddOtlpExporter();

    /// <summary>Runs <paramref name="work"/> under a span, which tells how it ended.</summary>
    /// <param name="name">Of the span.</param>
    /// <param name="work">Told the span, or null where nobody listens.</param>
    /// <param name="parent">A span of another process; none for the one that is open here, if any.</param>
    public static async Task ObserveAsync(string name, Func<Activity?, Task> work, ActivityContext parent = default)
    {
        using var activity = Activities.StartActivity(name, ActivityKind.Internal, parent);
        try
        {
            await work(activity);
        }
        catch (Exception error)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }
    }
}
