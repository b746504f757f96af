using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>Four operators, neighbours in width, between which prices are interpolated; two where one width is fixed or both are one.</summary>
/// <param name="Family">The operator at any width.</param>
/// <param name="Inputs">Input channels, low and high.</param>
/// <param name="Outputs">Output channels, low and high; equal to <paramref name="Inputs"/> where both are one.</param>
internal sealed record LatticeCell(LayerSignature Family, (int Low, int High) Inputs, (int Low, int High) Outputs)
{
    /// <summary>By the widths alone; the multiply-adds of operators that have none say nothing.</summary>
    public long Size => (long)Inputs.High * Outputs.High;

    public IEnumerable<LayerSignature> Corners => Grid([Inputs.Low, Inputs.High], [Outputs.Low, Outputs.High]);

    /// <summary>The cells between neighbours all of whose corners are in the lattice.</summary>
    public static IEnumerable<LatticeCell> Of(IReadOnlyCollection<LayerSignature> lattice)
    {
        var known = lattice.ToHashSet();
        var inputs = Neighbours(lattice.Select(signature => signature.Input.Channels));
        var outputs = Neighbours(lattice.Select(signature => signature.OutputChannels));
        var family = lattice.First();
        var cells = family.KeepsChannels
            ? inputs.Select(input => new LatticeCell(family, input, input))
            : inputs.SelectMany(input => outputs.Select(output => new LatticeCell(family, input, output)));
        return cells.Where(cell => cell.Corners.All(known.Contains));
    }

    /// <summary>At the multiples of a block nearest to the middle, or null when the cell has none inside.</summary>
    public LayerSignature? Middle(int block)
    {
        var (input, output) = (Between(Inputs, block), Between(Outputs, block));
        return input is null && output is null ? null : Family.WithChannels(input ?? Inputs.High, output ?? Outputs.High);
    }

    /// <summary>The middles of the sides; none where a side has no middle or the cell is no more than a side.</summary>
    public IEnumerable<LayerSignature> Edges(int block)
    {
        if (Family.KeepsChannels || Between(Inputs, block) is not int input || Between(Outputs, block) is not int output) return [];
        return [.. Grid([Inputs.Low, Inputs.High], [output]), .. Grid([input], [Outputs.Low, Outputs.High])];
    }

    /// <summary>What the cell falls into when its middle and edges are measured.</summary>
    public IEnumerable<LatticeCell> Quarters(int block)
    {
        var (inputs, outputs) = (Halves(Inputs, block), Halves(Outputs, block));
        return Family.KeepsChannels
            ? inputs.Select(half => this with { Inputs = half, Outputs = half })
            : inputs.SelectMany(input => outputs.Select(output => this with { Inputs = input, Outputs = output }));
    }

    /// <summary>Bilinear between the corners.</summary>
    public double Interpolate(LayerSignature inside, Func<LayerSignature, double> price)
    {
        var (inputs, outputs) = (new Bracket(Inputs.Low, inside.Input.Channels, Inputs.High), new Bracket(Outputs.Low, inside.OutputChannels, Outputs.High));
        if (Family.KeepsChannels) return inputs.Between(price(Family.WithChannels(inputs.Low, inputs.Low)), price(Family.WithChannels(inputs.High, inputs.High)));
        return inputs.Between(Along(inputs.Low), Along(inputs.High));

        double Along(int input) => outputs.Between(price(Family.WithChannels(input, outputs.Low)), price(Family.WithChannels(input, outputs.High)));
    }

    private static IEnumerable<(int Low, int High)> Neighbours(IEnumerable<int> widths)
    {
        int[] ascending = [.. widths.Distinct().Order()];
        return ascending.Length == 1 ? [(ascending[0], ascending[0])] : ascending.Zip(ascending.Skip(1));
    }

    private static int? Between((int Low, int High) side, int block)
    {
        var middle = block * (int)Math.Round((side.Low + side.High) / (2.0 * block), MidpointRounding.AwayFromZero);
        return middle > side.Low && middle < side.High ? middle : null;
    }

    private static IEnumerable<(int Low, int High)> Halves((int Low, int High) side, int block) =>
        Between(side, block) is int middle ? [(side.Low, middle), (middle, side.High)] : [side];

    private IEnumerable<LayerSignature> Grid(int[] inputs, int[] outputs) => Family.KeepsChannels
        ? inputs.Select(input => Family.WithChannels(input, input))
        : inputs.SelectMany(input => outputs.Select(output => Family.WithChannels(input, output))).Distinct();
}
