namespace AutoSlim.Host.Report;

/// <summary>Everything that a report shows.</summary>
/// <param name="Summary">The same numbers as in summary.json.</param>
/// <param name="Network">Name of the slimmed network.</param>
/// <param name="DeviceDescription">Processor, system, runtime and options, as one line of text.</param>
/// <param name="Seed">What made the run repeatable.</param>
/// <param name="Groups">The channel groups in the network's order.</param>
/// <param name="Steps">The slimming trace; the first is the widest network.</param>
/// <param name="ChosenSteps">The step that gave each target's network, in the order of the targets.</param>
public sealed record ReportData(
    DemoSummary Summary, string Network, string DeviceDescription, ulong Seed, IReadOnlyList<ReportGroup> Groups, IReadOnlyList<ReportStep> Steps, IReadOnlyList<int> ChosenSteps);
