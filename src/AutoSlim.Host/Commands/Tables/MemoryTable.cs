using AutoSlim.Costs;
using AutoSlim.Costs.Review;
using AutoSlim.Host.Terminal;
using Spectre.Console;

namespace AutoSlim.Host.Commands.Tables;

/// <summary>What networks took of memory, a line each, in megabytes of 1e6 bytes.</summary>
internal static class MemoryTable
{
    public static Table Of(IReadOnlyDictionary<string, NetworkMemory> memories)
    {
        var table = TerminalTable.Create("memory", "peak MB", "loaded MB");
        foreach (var (name, memory) in memories) table.AddRow(new Text(name), Megabytes(memory.PeakBytes), Megabytes(memory.LoadedBytes));
        return table;
    }

    public static Table Of(IReadOnlyList<MemoryChange> changes)
    {
        var table = TerminalTable.Create("memory", "before MB", "after MB", "ratio");
        foreach (var change in changes)
            table.AddRow(new Text(change.Name), Megabytes(change.Before.PeakBytes), Megabytes(change.After.PeakBytes), new Text(FormattableString.Invariant($"{change.Ratio:0.00}")));
        return table;
    }

    private static Text Megabytes(long bytes) => new(HeatMap.Number(bytes / 1e6));
}
