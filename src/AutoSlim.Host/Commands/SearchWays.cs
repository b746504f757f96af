using AutoSlim.Slimming;
using AutoSlim.Training.Scoring;

namespace AutoSlim.Host.Commands;

/// <summary>The words of <c>--search</c>.</summary>
internal static class SearchWays
{
    public const string Fast = "fast";

    private const string Exhaustive = "exhaustive";
    private const string Shared = "shared";

    public static string[] Words { get; } = [Exhaustive, Shared, Fast];

    public static ScoringWay Scoring(string word) => word == Exhaustive ? ScoringWay.Exhaustive : ScoringWay.Shared;

    public static SlimmingOptions Options(string word) => word == Fast ? SlimmingOptions.Fast : SlimmingOptions.Exhaustive;

    /// <summary>The way whose defaults are nearest; exhaustive and shared decide alike.</summary>
    public static string WordOf(SlimmingOptions options) => options.RescoredCandidates == SlimmingOptions.Exhaustive.RescoredCandidates ? Shared : Fast;
}
