namespace AutoSlim.Costs.Import;

/// <summary>Times of a foreign table that no operator here stands for.</summary>
/// <param name="Name">Of the entry, or of the layer.</param>
/// <param name="Times">How many it holds, at least 1.</param>
/// <param name="Reason">Why not.</param>
public sealed record UnmappedTimes(string Name, int Times, string Reason)
{
    public override string ToString() => $"'{Name}'{(Times > 1 ? $" ({Times} times)" : "")} {Reason}";
}
