using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace AutoSlim.Host.Telemetry;

/// <summary>Sends metrics and traces of one verb where the environment names a collector; a job's step is part of the job's trace.</summary>
internal sealed class VerbTelemetry : IDisposable
{
    private readonly TracerProvider traces;
    private readonly MeterProvider metrics;

    private VerbTelemetry()
    {
        traces = Sdk.CreateTracerProviderBuilder().ConfigureResource(resource => resource.AddAutoSlim("autoslim")).AddAutoSlim().Build();
        metrics = Sdk.CreateMeterProviderBuilder().ConfigureResource(resource => resource.AddAutoSlim("autoslim")).AddAutoSlim().Build();
    }

    public static async Task RunAsync(string verb, Func<Task> work)
    {
        using var telemetry = string.IsNullOrEmpty(Environment.GetEnvironmentVariable(HostTelemetry.EndpointVariable)) ? null : new VerbTelemetry();
        ActivityContext.TryParse(Environment.GetEnvironmentVariable(HostTelemetry.ParentVariable), traceState: null, isRemote: true, out var parent);
        await HostTelemetry.ObserveAsync($"autoslim {verb}", _ => work(), parent);
    }

    public void Dispose()
    {
        traces.Dispose();
        metrics.Dispose();
    }
}
