using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>Slims, has every device whose latency is limited and that measures here measure what was chosen, and slims on where a budget is missed.</summary>
internal sealed class SettledSlimming(SlimStage slim, TextWriter notices, RunSettings settings, RunFolder run)
{
    /// <summary>The step of each target's network, by the target's name.</summary>
    /// <param name="targets">As they were asked for.</param>
    /// <param name="devices">Profiled.</param>
    /// <param name="options">How to search.</param>
    /// <param name="state">Where an earlier sitting stopped.</param>
    /// <param name="keep">Keeps every new state.</param>
    /// <param name="cancellation">Looked at between steps and probes.</param>
    public async Task<IReadOnlyDictionary<string, SlimmingStep>> RunAsync(
        IReadOnlyList<Target> targets, IReadOnlyList<SettlingDevice> devices, SlimmingOptions options,
        SettlingState state, Action<SettlingState> keep, CancellationToken cancellation)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        List<ICostModel> costs = [.. devices.Select(device => device.Costs.Latency), .. CountedCosts.All];
        var limited = devices.Where(device => device.Measure is not null && IsLimited(targets, device)).ToList();
        var search = new SettledSearch(targets, limited.ToDictionary(device => device.Costs.Latency.Name, device => device.Costs.Latency.Price(device.Costs.Narrowest(definition))))
        {
            Search = asked => slim.RunAsync(settings, run, asked, costs, options.AlignedTo(targets, devices.Select(device => device.Costs)), cancellation),
            Measure = met => MeasureAsync(targets, limited, met),
            ForgetSteps = () => File.Delete(run.TracePath),
            Keep = keep,
        };
        var (found, missed) = await search.RunAsync(state);
        foreach (var target in missed)
            await notices.WriteLineAsync($"slim: after {SettledSearch.Rounds} rounds the network of '{target}' still is too slow for its budget on the device");
        return found;
    }

    private async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> MeasureAsync(
        IReadOnlyList<Target> targets, IReadOnlyList<SettlingDevice> devices, IReadOnlyDictionary<string, SlimmingStep> met)
    {
        var measured = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        foreach (var device in devices)
        {
            var name = device.Costs.Latency.Name;
            var times = measured[name] = await device.Measure!(met.ToDictionary(pair => pair.Key, pair => pair.Value.Configuration));
            await notices.WriteLineAsync($"slim: measured {name}: {string.Join(", ", targets.Select(target => Text(target, name, times[target.Name])))}");
        }

        return measured;
    }

    private static string Text(Target target, string cost, double milliseconds)
    {
        var limit = target.Budgets.FirstOrDefault(budget => budget.Cost == cost)?.Limit;
        return FormattableString.Invariant($"{target.Name} {milliseconds:0.0000} ms") + (limit is double budget ? FormattableString.Invariant($" of {budget:0.0000}") : "");
    }

    private static bool IsLimited(IReadOnlyList<Target> targets, SettlingDevice device) =>
        targets.SelectMany(target => target.Budgets).Any(budget => budget.Cost == device.Costs.Latency.Name);
}
