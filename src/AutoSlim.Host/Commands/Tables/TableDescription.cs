using AutoSlim.Costs;
using AutoSlim.Costs.Review;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Commands.Tables;

/// <summary>A table for scripts.</summary>
internal sealed record TableDescription(DeviceDescription Device, int Contexts, int Networks, IReadOnlyList<TableDescription.Family> Operators)
{
    public static TableDescription Of(CostTable table, CostTableReview review, IReadOnlyList<OperatorFamily> families) =>
        new(table.Device, review.Contexts, review.Networks, [.. families.Select(family => new Family(family.Name, [.. family.Cells.Select(Cell.Of)]))]);

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
