using System.Text.Json.Serialization;
using AutoSlim.Costs;
using AutoSlim.Costs.Review;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Commands.Tables;

/// <summary>A table for scripts.</summary>
/// <param name="Device">Whose it is.</param>
/// <param name="Alignment">Channels that it works on at once, 1 for any; null where that was not measured.</param>
/// <param name="Contexts">Measured surroundings.</param>
/// <param name="Networks">Measured whole networks.</param>
/// <param name="Operators">By what they differ in besides width.</param>
internal sealed record TableDescription(DeviceDescription Device, int? Alignment, int Contexts, int Networks, IReadOnlyList<TableDescription.Family> Operators)
{
    /// <summary>By network; left out where none was measured.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, NetworkMemory>? Memory { get; init; }

    public static TableDescription Of(CostTable table, CostTableReview review, IReadOnlyList<OperatorFamily> families) =>
        new(table.Device, DeviceAlignment.Of(table), review.Contexts, review.Networks, [.. families.Select(family => new Family(family.Name, [.. family.Cells.Select(Cell.Of)]))])
        {
            Memory = table.Memories.Count == 0 ? null : table.Memories,
        };

    internal sealed record Family(string Operator, IReadOnlyList<Cell> Cells);

    /// <summary>Times in microseconds; the price is without the operator's context.</summary>
    internal sealed record Cell(int Input, int Output, double? Price, double Median, double Lower, double? Upper, int Samples, int Dropped, IReadOnlyList<string> Flaws)
    {
        public static Cell Of(OperatorCell cell) => new(
            cell.Signature.Input.Channels, cell.Signature.OutputChannels, cell.PriceMicroseconds, cell.Measurement.MedianMicroseconds, cell.Measurement.LowerMicroseconds,
            double.IsFinite(cell.Measurement.UpperMicroseconds) ? cell.Measurement.UpperMicroseconds : null, cell.Measurement.Samples, cell.Measurement.Dropped,
            [.. cell.Flaws.Select(flaw => $"{char.ToLowerInvariant(flaw.ToString()[0])}{flaw.ToString()[1..]}")]);
    }
}
