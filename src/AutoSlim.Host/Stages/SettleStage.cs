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
internal sealed class SettleStage(StageConsole console, ConnectedDevice device, DeviceLatency latency)
{
    private const int Rounds = 2;

    /// <summary>Aims this far below the budget when a network missed it, so that measuring noise does not decide.</summary>
    private const double Margin = 0.01;

    /// <summary>A target as the search must see it: its latency budget in the table's own, uncorrected milliseconds.</summary>
    public Target Corrected(Target target, IReadOnlyDictionary<string, double> corrections) => new(target.Name, [.. target.Budgets.Select(budget =>
        budget.Cost == latency.Name && corrections.TryGetValue(target.Name, out var correction) ? new Budget(budget.Cost, budget.Limit / correction) : budget)]);

    /// <summary>Measured over predicted latency of each target's network, by target.</summary>
    public async Task<IReadOnlyDictionary<string, double>> MeasureAsync(
        NetworkDefinition definition, IReadOnlyDictionary<string, SlimmingStep> met, ulong seed, CancellationToken cancellation)
    {
        var times = new InterleavedTimes(device, Rounds, seed);
        var models = met.Select(pair => (pair.Key, ProbeModel.ForNetwork(definition.Resolve(pair.Value.Configuration)))).ToList();
        var measured = await console.RunStageAsync("measure choices", times.Probes(models.Count), "probes", report =>
            times.MeasureAsync(models, (done, name) => report(done, name), cancellation));
        return models.Zip(measured).ToDictionary(pair => pair.First.Key, pair => pair.Second / met[pair.First.Key].Cost[latency.Name]);
    }

    /// <summary>The corrections to search with next, or null when every latency budget was kept.</summary>
    public IReadOnlyDictionary<string, double>? Next(
        IReadOnlyList<Target> targets, IReadOnlyDictionary<string, SlimmingStep> met, IReadOnlyDictionary<string, double> ratios)
    {
        var missed = targets.Where(target => target.Budgets.Any(budget =>
            budget.Cost == latency.Name && met[target.Name].Cost[latency.Name] * ratios[target.Name] > budget.Limit)).ToList();
        return missed.Count == 0 ? null : ratios.ToDictionary(pair => pair.Key, pair => pair.Value * (1 + Margin));
    }
}
