using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>
/// Closes the loop between search and device: the search favours what its table prices too low, so the networks it chose are
/// measured, and where they miss their budget the table's price is corrected and the search goes on.
/// </summary>
internal sealed class SettleStage(StageConsole console, NetworkDefinition definition, ConnectedDevice device, DeviceCosts costs)
{
    private const int Rounds = 3;

    /// <summary>A network must stay this far below its budget, so that measuring noise does not turn a promise into a miss.</summary>
    private const double Margin = 0.02;

    /// <summary>
    /// A target as the search must see it: its latency budget in the table's own, uncorrected milliseconds, but never below what the
    /// table asks for the narrowest network: the search then ends there, and measuring tells whether that was enough.
    /// </summary>
    public Target Corrected(Target target, IReadOnlyDictionary<string, double> corrections) => new(target.Name, [.. target.Budgets.Select(budget =>
        budget.Cost == costs.Latency.Name && corrections.TryGetValue(target.Name, out var correction) ? Corrected(budget, correction) : budget)]);

    /// <summary>
    /// Measured over predicted latency of each target's network, by target; in the time of the table, which a network that it
    /// knows tells: a moment in which the whole device is slower says nothing about the prices.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, double>> MeasureAsync(
        IReadOnlyDictionary<string, SlimmingStep> met, ulong seed, CancellationToken cancellation)
    {
        var times = new InterleavedTimes(device, Rounds, seed);
        var sentinel = Anchors.Sentinel(definition);
        var models = met.Select(pair => (pair.Key, ProbeModel.ForNetwork(definition.Resolve(pair.Value.Configuration)))).Append(("sentinel", ProbeModel.ForNetwork(sentinel))).ToList();
        var measured = await console.RunStageAsync("measure choices", times.Probes(models.Count), "probes", report =>
            times.MeasureAsync(models, (done, name) => report(done, name), cancellation));
        var slowness = measured[^1] / (costs.Table.Find(ProbeEntry.Network(sentinel))!.MedianMicroseconds / 1000);
        return met.Keys.Zip(measured).ToDictionary(pair => pair.First, pair => pair.Second / slowness / met[pair.First].Cost[costs.Latency.Name]);
    }

    /// <summary>The corrections to search with next, or null when every latency budget was kept with room to spare. They only grow, so that the search does not swing between two misses.</summary>
    public IReadOnlyDictionary<string, double>? Next(
        IReadOnlyList<Target> targets, IReadOnlyDictionary<string, SlimmingStep> met, IReadOnlyDictionary<string, double> ratios,
        IReadOnlyDictionary<string, double> searched)
    {
        var missed = targets.Where(target => target.Budgets.Any(budget =>
            budget.Cost == costs.Latency.Name && met[target.Name].Cost[costs.Latency.Name] * ratios[target.Name] * (1 + Margin) > budget.Limit)).ToList();
        return missed.Count == 0 ? null : ratios.ToDictionary(pair => pair.Key, pair => Math.Max(pair.Value * (1 + Margin), searched.GetValueOrDefault(pair.Key)));
    }

    private Budget Corrected(Budget budget, double correction) =>
        new(budget.Cost, Math.Max(budget.Limit / correction, Math.Min(budget.Limit, costs.Latency.Price(definition.Resolve(definition.Narrowest)))));
}
