namespace AutoSlim.Training.Scoring;

/// <summary>How much of a candidate's score is computed afresh. Both ways give the same scores, to rounding.</summary>
public enum ScoringWay
{
    /// <summary>Every candidate from the first layer: the reference.</summary>
    Exhaustive,

    /// <summary>What a candidate shares with the search's current network is computed once.</summary>
    Shared,
}
