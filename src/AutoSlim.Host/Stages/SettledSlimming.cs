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
    /// <param name="earlier">Where an earlier sitting stopped; asked once no other process searches in the run.</param>
    /// <param name="keep">Keeps every new state.</param>
    /// <param name="cancellation">Looked at between steps and probes.</param>
    /// <exception cref="IOException">Another process searches in the run.</exception>
    public async Task<IReadOnlyDictionary<string, SlimmingStep>> RunAsync(
        IReadOnlyList<Target> targets, IReadOnlyList<SettlingDevice> devices, SlimmingOptions options,
        Func<SettlingState> earlier, Action<SettlingState> keep, CancellationToken cancellation)
    {
        using var claim = FileClaim.Take(run.TracePath, FileClaim.UsualPatience);
        var definition = NetworkCatalog.Create(settings.Network);
        List<ICostModel> costs = [.. devices.SelectMany(device => device.Costs.Models), .. CountedCosts.All];
        SlimStage.RequirePriced(targets, [.. costs.Select(cost => cost.Name)]);
        var aligned = options.AlignedTo(targets, devices.Select(device => device.Costs));
        List<ResolvedNetwork> narrowest = [definition.Resolve(definition.Narrowest), definition.Resolve(definition.Aligned(definition.Narrowest, aligned.Alignment))];
        var search = new SettledSearch(targets, devices.SelectMany(device => Limited(targets, device)).ToDictionary(model => model.Name, model => narrowest.Min(model.Price)))
        {
            Search = asked => slim.RunAsync(settings, run, asked, costs, aligned, cancellation),
            Measure = met => MeasureAsync(targets, devices, met),
            // Empty, not gone: the search has begun, and goes on with the prices that its corrections were learnt by.
            ForgetSteps = () => WholeFile.WriteText(run.TracePath, ""),
            Keep = keep,
        };
        var (found, missed) = await search.RunAsync(earlier());
        foreach (var (name, step) in found) ChannelFile.Of(definition, step.Configuration).Write(run.Network(name).ChannelsPath);
        foreach (var target in missed)
            await notices.WriteLineAsync($"slim: the network of '{target}' still misses its budget on the device, after {SettledSearch.Rounds} rounds or with no smaller one left");
        return found;
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> MeasureAsync(
        IReadOnlyList<Target> targets, IReadOnlyList<SettlingDevice> devices, IReadOnlyDictionary<string, SlimmingStep> met)
    {
        var measured = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        foreach (var device in devices)
        {
            var limited = Limited(targets, device).Select(model => model.Name).ToList();
            if (limited.Count == 0) continue;
            var chosen = targets.Where(target => target.Budgets.Any(budget => limited.Contains(budget.Cost))).ToDictionary(target => target.Name, target => met[target.Name].Configuration);
            foreach (var (cost, values) in await device.Measure!(chosen, limited))
            {
                measured[cost] = values;
                await notices.WriteLineAsync($"slim: measured {cost}: {string.Join(", ", targets.Where(target => values.ContainsKey(target.Name)).Select(target => Text(target, cost, values[target.Name])))}");
            }
        }

        return measured;
    }

    private static string Text(Target target, string cost, double value) =>
        $"{target.Name} {DeviceCosts.Text(cost, value)}{(target.Budgets.FirstOrDefault(budget => budget.Cost == cost) is Budget budget ? $" of {DeviceCosts.Text(cost, budget.Limit)}" : "")}";

    private static IEnumerable<ICostModel> Limited(IReadOnlyList<Target> targets, SettlingDevice device) => device.Measure is null ? [] :
        device.Costs.Models.Where(model => targets.SelectMany(target => target.Budgets).Any(budget => budget.Cost == model.Name));
}
