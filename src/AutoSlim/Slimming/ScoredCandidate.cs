namespace AutoSlim.Slimming;

/// <summary>A candidate as the trace keeps it.</summary>
/// <param name="Group">The group that would lose channels.</param>
/// <param name="Score">Held-out loss, nats.</param>
/// <param name="Cost">By cost name, in the cost's unit.</param>
public sealed record ScoredCandidate(string Group, double Score, IReadOnlyDictionary<string, double> Cost);
