using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>
/// Networks that a search chose and whose latency its prices missed by more than their stated bound: they calibrate the device's
/// table for later searches, which would choose alike. The search under way keeps its prices, and corrects its budgets instead.
/// </summary>
/// <param name="profilesFolder">Of the cost tables.</param>
/// <param name="notices">Takes what a person should know.</param>
internal sealed class MissedNetworks(string profilesFolder, TextWriter notices)
{
    /// <param name="definition">Whose configurations were chosen.</param>
    /// <param name="costs">That they were chosen by, latency among them.</param>
    /// <param name="chosen">By target.</param>
    /// <param name="measured">By target, in the time of the table.</param>
    public async Task RecordAsync(
        NetworkDefinition definition, DeviceCosts costs, IReadOnlyDictionary<string, ChannelConfiguration> chosen, IReadOnlyDictionary<string, SampleStatistics> measured)
    {
        var latency = costs.Latency!;
        var bound = Math.Max(latency.Calibration.MaximumRelativeError, BudgetCorrection.Margin);
        var missed = chosen.Where(network => Math.Abs(Miss(network.Key)) > bound).Select(network => network.Key).ToList();
        if (missed.Count == 0) return;
        var path = CostTableFile.PathFor(profilesFolder, costs.Device, costs.Table.Device);
        var (table, notice) = CostTableFile.Open(path, costs.Table.Device);
        if (notice is not null) await notices.WriteLineAsync(notice);
        foreach (var name in missed) table.Record(ProbeEntry.Network(definition.Resolve(chosen[name])).Name, Measurement.OfSessions(measured[name]));
        CostTableFile.Save(path, table);
        await notices.WriteLineAsync(FormattableString.Invariant(
            $"slim: {string.Join(", ", missed.Select(name => FormattableString.Invariant($"'{name}' by {Miss(name):+0.0 %;-0.0 %}")))} off the prices on '{costs.Device}', beyond their bound of {bound:0.0 %}: later searches are calibrated with what was measured"));

        double Miss(string name) => measured[name].MedianMicroseconds / 1000 / latency.Price(definition.Resolve(chosen[name])) - 1;
    }
}
