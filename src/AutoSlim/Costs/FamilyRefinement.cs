using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>The <see cref="Refinement"/> of operators that differ in width alone.</summary>
internal sealed class FamilyRefinement(CostTable table)
{
    private const int MaximumDepth = 2;

    private readonly int block = WidthLattice.Block(table.Alignment);

    /// <param name="lattice">Of one family.</param>
    public IReadOnlyList<LayerSignature> Next(IReadOnlyCollection<LayerSignature> lattice)
    {
        var cells = LatticeCell.Of(lattice).Where(cell => cell.Middle(block) is not null).OrderByDescending(cell => cell.Size).ToList();
        if (cells.Count == 0) return [];
        var widest = cells[0].Middle(block)!;
        if (!IsMeasured(widest)) return [widest];
        return IsOff(cells[0]) ? [.. cells.SelectMany(cell => Next(cell, MaximumDepth))] : [];
    }

    private IEnumerable<LayerSignature> Next(LatticeCell cell, int depth)
    {
        if (depth == 0 || cell.Middle(block) is not LayerSignature middle) return [];
        if (!IsMeasured(middle)) return [middle];
        if (!IsOff(cell)) return [];
        var edges = cell.Edges(block).Where(edge => !IsMeasured(edge)).ToList();
        return edges.Count > 0 ? edges : cell.Quarters(block).SelectMany(quarter => Next(quarter, depth - 1));
    }

    /// <summary>By more than the error that is allowed and more than the measurements can tell apart.</summary>
    private bool IsOff(LatticeCell cell)
    {
        var middle = cell.Middle(block)!;
        if (!cell.Corners.All(IsMeasured)) return false;
        var measured = Price(middle);
        var off = Math.Abs(cell.Interpolate(middle, Price) - measured);
        return off > Refinement.MaximumError * measured && off > Uncertainty(middle);
    }

    private bool IsMeasured(LayerSignature signature) => table.Missing([signature]).Count == 0;

    private double Price(LayerSignature signature) => Own(signature).MedianMicroseconds - Context(signature).MedianMicroseconds;

    private double Uncertainty(LayerSignature signature) => HalfWidth(Own(signature)) + HalfWidth(Context(signature));

    private static double HalfWidth(Measurement measurement) => (measurement.UpperMicroseconds - measurement.LowerMicroseconds) / 2;

    private Measurement Own(LayerSignature signature) => table.Find(ProbeEntry.Operator(signature))!;

    private Measurement Context(LayerSignature signature) => table.Find(ProbeEntry.Context(signature))!;
}
