using AutoSlim.Costs;
using AutoSlim.Costs.Review;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;

namespace AutoSlim.Benchmarks.Tables;

/// <summary>A network's table once more, and how far the two are apart.</summary>
/// <param name="MedianPercent">Median over the entries of the difference, per cent of the first time; null when the device was too busy.</param>
/// <param name="DropPercent">Samples that the second measurement dropped, per cent.</param>
internal sealed record Repetition(double? MedianPercent, double? DropPercent)
{
    /// <param name="console">Shows the progress.</param>
    /// <param name="notices">Takes what a person should know.</param>
    /// <param name="definition">The network.</param>
    /// <param name="device">Who measures again.</param>
    /// <param name="first">The table of the first time, which may hold other networks too.</param>
    /// <param name="profiles">An empty folder for the second.</param>
    /// <param name="seed">Another order of the probes.</param>
    /// <param name="cancellation">Looked at between probes.</param>
    public static async Task<Repetition> MeasureAsync(
        StageConsole console, TextWriter notices, NetworkDefinition definition, ConnectedDevice device, CostTable first, string profiles, ulong seed, CancellationToken cancellation)
    {
        try
        {
            var again = await new ProfileStage(console, notices, profiles) { ChecksDrift = false }.RunAsync(definition, device, seed, cancellation);
            return Of(first, again.Table);
        }
        catch (CommandFailedException busy)
        {
            await notices.WriteLineAsync($"table: not measured again: {busy.Message}");
            return new(null, null);
        }
    }

    private static Repetition Of(CostTable first, CostTable again)
    {
        var apart = CostTableComparison.Of(first, again).Both.Select(change => Math.Abs(change.Ratio - 1)).Order().ToList();
        var (kept, dropped) = (again.Measurements.Values.Sum(entry => entry.Samples), again.Measurements.Values.Sum(entry => entry.Dropped));
        return new(100 * (apart[(apart.Count - 1) / 2] + apart[apart.Count / 2]) / 2, 100.0 * dropped / (kept + dropped));
    }
}
