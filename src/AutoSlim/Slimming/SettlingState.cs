namespace AutoSlim.Slimming;

/// <summary>How far a <see cref="SettledSearch"/> has come: kept on disk, an interrupted one goes on from it.</summary>
public sealed record SettlingState
{
    /// <summary>Of measuring what the search chose, from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>By target: what the search divides its budget by, learnt from the networks measured in earlier rounds.</summary>
    public IReadOnlyDictionary<string, double> Corrections { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether the corrections are final: every chosen network was measured within its budget, or the rounds were spent.</summary>
    public bool Settled { get; init; }
}
