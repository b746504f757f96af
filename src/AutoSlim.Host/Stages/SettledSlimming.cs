using AutoSlim.Costs;
using AutoSlim.Files;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>Slims, has every device that a budget limits and that measures here measure what was chosen, slims on where a budget is missed, and writes one channels.json per target once that has settled.</summary>
internal sealed class SettledSlimming(SlimStage slim, TextWriter notices, RunSettings settings, RunFolder run)
{
    /// <summary>The step of each target's network, by the target's name.</summary>
    /// <param name="targets">As they were asked for.</param>
    /// <param name="devices">Profiled.</param>
    /// <param name="options">How to search.</param>
    /// <param name="state">Where an earlier sitting stopped.</param>
    /// <param name="keep">Keeps every new state.</param>
    /// <param name="cancellation">Looked at between steps and probes.</param>
    /// <exception cref="IOException">Another process searches in the run.</exception>
    public async Task<IReadOnlyDictionary<string, SlimmingStep>> RunAsync(
        IReadOnlyList<Target> targets, IReadOnlyList<SettlingDevice> devices, SlimmingOptions options,
        SettlingState state, Action<SettlingState> keep, CancellationToken cancellation)
    {
        using var claim = FileClaim.Take(run.TracePath, FileClaim.UsualPatience);
        var definition = NetworkCatalog.Create(settings.Network);
        List<ICostModel> costs = [.. devices.SelectMany(device => device.Costs.Models), .. CountedCosts.All];
        SlimStage.RequirePriced(targets, [.. costs.Select(cost => cost.Name)]);
        var aligned = options.AlignedTo(targets, devices.Select(device => device.Costs));
        var narrowest = definition.Resolve(definition.Aligned(definition.Narrowest, aligned.Alignment));
        var search = new SettledSearch(targets, devices.SelectMany(device => Limited(targets, device)).ToDictionary(model => model.Name, model => model.Price(narrowest)))
        {
            Search = asked => slim.RunAsync(settings, run, asked, costs, aligned, cancellation),
            Measure = met => MeasureAsync(targets, devices, met),
            // Empty, not gone: the search has begun, and goes on with the prices that its corrections were learnt by.
            ForgetSteps = () => WholeFile.WriteText(run.TracePath, ""),
            Keep = keep,
        };
        var (found, missed) = await search.RunAsync(state);
        foreach (var (name, step) in found) ChannelFile.Of(definition, step.Configuration).Write(run.Network(name).ChannelsPath);
        foreach (var target in missed)
            await notices.WriteLineAsync($"slim: after {SettledSearch.Rounds} rounds the network of '{target}' still misses its budget on the device");
        return found;
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> MeasureAsync(
        IReadOnlyList<Target> targets, IReadOnlyList<SettlingDevice> devices, IReadOnlyDictionary<string, SlimmingStep> met)
    {
        var measured = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        var chosen = met.ToDictionary(pair => pair.Key, pair => pair.Value.Configuration);
        foreach (var device in devices)
        {
            var limited = Limited(targets, device).Select(model => model.Name).ToList();
            if (limited.Count == 0) continue;
            foreach (var (cost, values) in await device.Measure!(chosen, limited))
            {
                measured[cost] = values;
                await notices.WriteLineAsync($"slim: measured {cost}: {string.Join(", ", targets.Select(target => Text(target, cost, values[target.Name])))}");
            }
        }

        return measured;
    }

    private static string Text(Target target, string cost, double value) =>
        $"{target.Name} {DeviceCosts.Text(cost, value)}{(target.Budgets.FirstOrDefault(budget => budget.Cost == cost) is Budget budget ? $" of {DeviceCosts.Text(cost, budget.Limit)}" : "")}";

    private static IEnumerable<ICostModel> Limited(IReadOnlyList<Target> targets, SettlingDevice device) => device.Measure is null ? [] :
        device.Costs.Models.Where(model => targets.SelectMany(target => target.Budgets).Any(budget => budget.Cost == model.Name));
}
