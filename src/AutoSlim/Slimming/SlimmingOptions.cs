namespace AutoSlim.Slimming;

/// <summary>How the greedy search spends its evaluations.</summary>
public sealed record SlimmingOptions
{
    /// <summary>How a step's winner is chosen.</summary>
    public StepRule Rule { get; init; } = StepRule.Ratio;

    /// <summary>
    /// Candidates scored afresh in a step, the most promising first; the others keep the loss rise of when they were last scored.
    /// As many as there are groups is the exhaustive search.
    /// </summary>
    public int RescoredCandidates { get; init; } = 6;

    /// <summary>Every so many steps all candidates are scored: old rises are estimates, not bounds.</summary>
    public int RefreshInterval { get; init; } = 12;

    /// <summary>Blocks that a step takes from its group; 1 is the paper's.</summary>
    public int BlocksPerStep { get; init; } = 1;

    /// <summary>Everything wrong with these options, one line each.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. AtLeastOne("rescored candidates", RescoredCandidates),
        .. AtLeastOne("refresh interval", RefreshInterval),
        .. AtLeastOne("blocks per step", BlocksPerStep),
    ];

    private static IEnumerable<string> AtLeastOne(string name, int value) => value >= 1 ? [] : [$"{name} is {value}, expected at least 1"];
}
