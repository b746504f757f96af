using AutoSlim.Host.Dashboard.Reading;

namespace AutoSlim.Host.Dashboard.Charts;

/// <summary>The charts of a run's page; they stay the same objects, and so undisturbed, until the run has something new.</summary>
/// <param name="Drawn">What they show; null for nothing.</param>
/// <param name="Accuracy">Null before a network is verified.</param>
/// <param name="Curves">By cost.</param>
/// <param name="Profiles">By target.</param>
internal sealed record RunCharts(
    RunView? Drawn, ChartContent? Accuracy, IReadOnlyList<(string Cost, ChartContent Curve)> Curves, IReadOnlyList<(string Network, ChartContent Profile)> Profiles)
{
    public static RunCharts None { get; } = new(null, null, [], []);

    /// <summary>Itself where the run is as it was drawn, else new ones.</summary>
    public RunCharts Or(RunView run) => Drawn is not null && Drawn.Steps.Count == run.Steps.Count && Drawn.Networks.SequenceEqual(run.Networks) ? this : Of(run);

    private static RunCharts Of(RunView run)
    {
        var verified = run.Networks.Where(network => network.Verification is not null).ToList();
        var chosen = run.Networks.Where(network => !network.IsUniform && network.Channels is not null).ToList();
        return new(
            run,
            verified.Count > 0 ? RunPlots.Accuracy(verified) : null,
            run.Steps.Count == 0 ? [] : [.. run.Steps[0].Cost.Keys.Select(cost => (cost, RunPlots.Curve(run.Steps, cost, chosen)))],
            run.Definition is null ? [] : [.. chosen.Select(network => (network.Name, RunPlots.Profile(run.Definition, network.Channels!)))]);
    }
}
