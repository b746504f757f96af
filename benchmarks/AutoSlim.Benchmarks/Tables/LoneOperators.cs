using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Benchmarks.Tables;

/// <summary>The table that others measure: every operator as a model of its own, less the empty one.</summary>
internal sealed class LoneOperators(StageConsole console, ConnectedDevice device)
{
    /// <param name="definition">Whose operators.</param>
    /// <param name="table">Ours: of the same widths, and what is known of the device's alignment.</param>
    /// <param name="cancellation">Looked at between probes.</param>
    public async Task<CostTable> MeasureAsync(NetworkDefinition definition, CostTable table, CancellationToken cancellation)
    {
        var lone = new CostTable(table.Device);
        foreach (var (name, measurement) in table.Measurements.Where(entry => IsAlignment(entry.Key))) lone.Record(name, measurement);
        var (plan, empty) = (ProfilingPlan.For(definition, table.Alignment), await MeasureAsync(ProbeModel.Empty, "empty", cancellation));
        await console.RunStageAsync($"lone operators, {definition.Name}", plan.Count, "probes", async report =>
        {
            foreach (var (index, signature) in plan.Index())
            {
                lone.Record(ProbeEntry.Context(signature).Name, empty);
                lone.Record(signature.ToString(), await MeasureAsync(() => ProbeModel.For(signature), $"lone {signature}", cancellation));
                report(index + 1, signature.ToString());
            }
        });
        return lone;
    }

    private static bool IsAlignment(string name) => DeviceAlignment.Probes.Any(probe => name == probe.ToString() || name == ProbeEntry.Context(probe).Name);

    private async Task<Measurement> MeasureAsync(Func<byte[]> model, string name, CancellationToken cancellation) =>
        Measurement.Of(await device.ProbeAsync(new(name, model), new(), cancellation));
}
