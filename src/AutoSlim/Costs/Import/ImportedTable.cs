namespace AutoSlim.Costs.Import;

/// <summary>What became of a foreign table.</summary>
/// <param name="Table">An entry for each operator; of none is the spread known.</param>
/// <param name="Times">Of the file, that went into the table.</param>
/// <param name="Unmapped">Times that did not, in the order of the file.</param>
/// <param name="MedianMisfit">How far a block's operators add up to something else than its time, as a share of it: the middle block.</param>
/// <param name="MaximumMisfit">The worst block. Both are 0 where every time is of one operator.</param>
public sealed record ImportedTable(CostTable Table, int Times, IReadOnlyList<UnmappedTimes> Unmapped, double MedianMisfit, double MaximumMisfit);
