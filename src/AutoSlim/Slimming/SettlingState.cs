namespace AutoSlim.Slimming;

/// <summary>How far a <see cref="SettledSearch"/> has come: kept on disk, an interrupted one goes on from it.</summary>
public sealed record SettlingState
{
    private static readonly IReadOnlyDictionary<string, double> None = new Dictionary<string, double>();

    /// <summary>Of measuring what the search chose, from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>By measured cost, then by target: what the search divides its budget by, learnt from the networks measured in earlier rounds.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Corrections { get; init; } = new Dictionary<string, IReadOnlyDictionary<string, double>>();

    /// <summary>Whether the corrections are final: every chosen network was measured within its budget, or the rounds were spent.</summary>
    public bool Settled { get; init; }

    /// <summary>The targets whose budget was still missed in the last round, by name.</summary>
    public IReadOnlyList<string> Missed { get; init; } = [];

    /// <summary>By target; empty in the first round.</summary>
    public IReadOnlyDictionary<string, double> CorrectionsOf(string cost) => Corrections.GetValueOrDefault(cost, None);
}
