namespace AutoSlim.Costs.Review;

/// <summary>The memory of one network as two tables have it.</summary>
/// <param name="Name">Of the network's entry.</param>
/// <param name="Before">In the first table.</param>
/// <param name="After">In the second.</param>
public sealed record MemoryChange(string Name, NetworkMemory Before, NetworkMemory After)
{
    /// <summary>Of the peaks; above 1: more in the second table.</summary>
    public double Ratio => After.PeakBytes / (double)Before.PeakBytes;

    internal static IEnumerable<MemoryChange> Of(IReadOnlyDictionary<string, NetworkMemory> before, IReadOnlyDictionary<string, NetworkMemory> after) =>
        before.Where(entry => after.ContainsKey(entry.Key)).Select(entry => new MemoryChange(entry.Key, entry.Value, after[entry.Key]));
}
