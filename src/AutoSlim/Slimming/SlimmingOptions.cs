using AutoSlim.Networks;

namespace AutoSlim.Slimming;

/// <summary>How the greedy search spends its evaluations.</summary>
public sealed record SlimmingOptions
{
    /// <summary>Every candidate of every step is scored, a step takes one block (paper section 3.3).</summary>
    public static SlimmingOptions Exhaustive { get; } = new() { RescoredCandidates = int.MaxValue };

    /// <summary>Most candidates keep the rise of an earlier step (Minoux 1978, "lazy" greedy), and a step takes two blocks where these are a small part of their layer.</summary>
    public static SlimmingOptions Fast { get; } = new() { BlocksPerStep = 2, LargestShare = 0.25 };

    /// <summary>How a step's winner is chosen.</summary>
    public StepRule Rule { get; init; } = StepRule.Ratio;

    /// <summary>What candidates are scored by.</summary>
    public SearchScore Score { get; init; } = SearchScore.Loss;

    /// <summary>
    /// Candidates scored afresh at a time, the most promising first, until the best of them beats the loss rise that each of the others
    /// had when it was last scored. As many as there are groups is the exhaustive search.
    /// </summary>
    public int RescoredCandidates { get; init; } = 2;

    /// <summary>Every so many steps all candidates are scored: a rise that has fallen since would not be noticed otherwise.</summary>
    public int RefreshInterval { get; init; } = 48;

    /// <summary>Blocks that a step takes from its group; 1 is the paper's.</summary>
    public int BlocksPerStep { get; init; } = 1;

    /// <summary>Of its group's channels a step of several blocks takes no more than this share, above 0 to 1: two blocks may be most of a narrow layer.</summary>
    public double LargestShare { get; init; } = 1;

    /// <summary>
    /// Steps end at multiples of so many channels: those that the device of a latency budget works on at once, where a width between
    /// costs as much as the next multiple. 1 is the published grid.
    /// </summary>
    public int Alignment { get; init; } = 1;

    /// <summary>No search takes more steps than these: every step as small as the options let it be, down to the narrowest network.</summary>
    public int MostSteps(NetworkDefinition definition)
    {
        var fewestBlocks = LargestShare < 1 ? 1 : BlocksPerStep;
        return definition.Groups.Sum(group => (group.Grid.Count + fewestBlocks - 2) / fewestBlocks);
    }

    /// <summary>Everything wrong with these options, one line each.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. AtLeastOne("rescored candidates", RescoredCandidates),
        .. AtLeastOne("refresh interval", RefreshInterval),
        .. AtLeastOne("blocks per step", BlocksPerStep),
        .. AtLeastOne("alignment", Alignment),
        .. LargestShare is > 0 and <= 1 ? Array.Empty<string>() : [FormattableString.Invariant($"largest share is {LargestShare}, expected above 0 to 1")],
    ];

    private static IEnumerable<string> AtLeastOne(string name, int value) => value >= 1 ? [] : [$"{name} is {value}, expected at least 1"];
}
