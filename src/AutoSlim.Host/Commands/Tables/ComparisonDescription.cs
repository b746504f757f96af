using System.Text.Json.Serialization;
using AutoSlim.Costs.Review;

namespace AutoSlim.Host.Commands.Tables;

/// <summary>Two tables side by side, for scripts.</summary>
internal sealed record ComparisonDescription(
    IReadOnlyList<string> DeviceChanges, double? MedianRatio, IReadOnlyList<ComparisonDescription.Entry> Both, IReadOnlyList<string> OnlyBefore, IReadOnlyList<string> OnlyAfter)
{
    /// <summary>Left out where the tables share none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MemoryEntry>? Memory { get; init; }

    public static ComparisonDescription Of(CostTableComparison comparison) => new(
        comparison.DeviceChanges, comparison.MedianRatio, [.. comparison.Both.Select(Entry.Of)], comparison.OnlyBefore, comparison.OnlyAfter)
    {
        Memory = comparison.Memories.Count == 0 ? null : [.. comparison.Memories.Select(change => new MemoryEntry(change.Name, change.Before.PeakBytes, change.After.PeakBytes, change.Ratio))],
    };

    /// <summary>Peaks in bytes.</summary>
    internal sealed record MemoryEntry(string Name, long Before, long After, double Ratio);

    /// <summary>Medians in microseconds.</summary>
    internal sealed record Entry(string Name, double Before, double After, double Ratio, bool IsCertain)
    {
        public static Entry Of(EntryChange change) => new(change.Name, change.Before.MedianMicroseconds, change.After.MedianMicroseconds, change.Ratio, change.IsCertain);
    }
}
