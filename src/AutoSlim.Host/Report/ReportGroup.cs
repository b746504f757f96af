namespace AutoSlim.Host.Report;

/// <summary>One channel group before and after.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Maximum">Channels of the widest network.</param>
/// <param name="Channels">Channels in each target, in the summary's order.</param>
public sealed record ReportGroup(string Name, int Maximum, IReadOnlyList<int> Channels);
