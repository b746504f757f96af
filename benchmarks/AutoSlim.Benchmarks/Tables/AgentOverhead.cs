using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Benchmarks.Tables;

/// <summary>What the agent adds to the times that it measures, against a <see cref="BareLoop"/>: networks and operators, in turns.</summary>
internal sealed class AgentOverhead(StageConsole console, ConnectedDevice device)
{
    private const int Rounds = 11;
    private const int Operators = 6;
    private static readonly double[] Widths = [0.35, 0.75];

    /// <summary>Median over models of the ratio of both medians over rounds, less one, per cent.</summary>
    public async Task<double> MeasureAsync(NetworkDefinition definition, CostTable table, CancellationToken cancellation)
    {
        var models = Entries(definition, table).Select(entry => (entry.Name, Model: entry.Model())).ToList();
        var (ours, bare) = (models.ConvertAll(_ => new List<double>()), models.ConvertAll(_ => new List<double>()));
        await console.RunStageAsync("agent against a bare loop", Rounds * models.Count, "turns", async report =>
        {
            for (var turn = 0; turn < Rounds * models.Count; turn++)
            {
                var index = turn % models.Count;
                var result = await device.ProbeAsync(new(models[index].Name, () => models[index].Model), MeasurementPlan.Sitting, cancellation);
                ours[index].Add(SampleStatistics.Of(result.SamplesMicroseconds).MedianMicroseconds);
                bare[index].Add(BareLoop.Microseconds(models[index].Model));
                report(turn + 1, models[index].Name);
            }
        });
        return 100 * (Median([.. ours.Zip(bare, (agent, loop) => Median(agent) / Median(loop))]) - 1);
    }

    private static IEnumerable<ProbeEntry> Entries(NetworkDefinition definition, CostTable table)
    {
        var plan = ProfilingPlan.For(definition, table.Alignment).OrderBy(signature => table.Find(ProbeEntry.Operator(signature))!.MedianMicroseconds).ToList();
        var spread = Enumerable.Range(0, Operators).Select(index => ProbeEntry.Operator(plan[(2 * index + 1) * plan.Count / (2 * Operators)]));
        return [.. spread, .. Widths.Select(width => ProbeEntry.Network(definition.Resolve(definition.Uniform(width))))];
    }

    private static double Median(IReadOnlyCollection<double> values) => SampleStatistics.Of(values).MedianMicroseconds;
}
