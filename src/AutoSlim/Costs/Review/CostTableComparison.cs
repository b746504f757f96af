using AutoSlim.Profiling;

namespace AutoSlim.Costs.Review;

/// <summary>Two cost tables side by side: two devices, or one before and after something of it changed.</summary>
/// <param name="DeviceChanges">Fields of the device's description that differ: <c>runtimeVersion "1.30.0" -> "1.31.1"</c>.</param>
/// <param name="Both">Entries that both measured well, the most slowed first.</param>
/// <param name="OnlyBefore">Names of entries that only the first has.</param>
/// <param name="OnlyAfter">Names of entries that only the second has.</param>
public sealed record CostTableComparison(
    IReadOnlyList<string> DeviceChanges, IReadOnlyList<EntryChange> Both, IReadOnlyList<string> OnlyBefore, IReadOnlyList<string> OnlyAfter)
{
    /// <summary>Networks whose memory both measured, the most grown first.</summary>
    public IReadOnlyList<MemoryChange> Memories { get; init; } = [];

    /// <summary>Of the entries that both have; null when there are none.</summary>
    public double? MedianRatio => Both.Count == 0 ? null : SampleStatistics.Of([.. Both.Select(change => change.Ratio)]).MedianMicroseconds;

    public static CostTableComparison Of(CostTable before, CostTable after)
    {
        var (first, second) = (Usable(before), Usable(after));
        var both = first.Where(entry => second.ContainsKey(entry.Key)).Select(entry => new EntryChange(entry.Key, entry.Value, second[entry.Key]));
        return new(
            CostTableJson.Changes(before.Device, after.Device),
            [.. both.OrderByDescending(change => change.Ratio).ThenBy(change => change.Name, StringComparer.Ordinal)],
            [.. first.Keys.Where(name => !second.ContainsKey(name))],
            [.. second.Keys.Where(name => !first.ContainsKey(name))])
        {
            Memories = [.. MemoryChange.Of(before.Memories, after.Memories).OrderByDescending(change => change.Ratio).ThenBy(change => change.Name, StringComparer.Ordinal)],
        };
    }

    private static Dictionary<string, Measurement> Usable(CostTable table) => table.Measurements.Where(entry => entry.Value.IsOk).ToDictionary();
}
