using AutoSlim.Networks;

namespace AutoSlim.Costs.Review;

/// <summary>An operator at all the widths that a table has it at.</summary>
/// <param name="Name">As <see cref="LayerSignature.ToString"/> writes it, with stars for the widths: <c>Convolution *x14x14 to * k1 s1 p0 Relu6</c>, <c>DepthwiseConvolution *x14x14 k3 s1 p1 Relu6</c>.</param>
/// <param name="Cells">By input, then by output width.</param>
public sealed record OperatorFamily(string Name, IReadOnlyList<OperatorCell> Cells)
{
    private readonly Dictionary<(int Input, int Output), OperatorCell> byWidths = Cells.DistinctBy(WidthsOf).ToDictionary(WidthsOf);

    public IReadOnlyList<int> InputWidths => [.. Cells.Select(cell => cell.Signature.Input.Channels).Distinct().Order()];

    public IReadOnlyList<int> OutputWidths => [.. Cells.Select(cell => cell.Signature.OutputChannels).Distinct().Order()];

    /// <summary>Of the operator's dearest multiply-add; null where none has a price.</summary>
    public double? DearestMicrosecondsPerMillion { get; } = Cells.Max(cell => cell.MicrosecondsPerMillion);

    public OperatorCell? At(int input, int output) => byWidths.GetValueOrDefault((input, output));

    internal static string NameOf(LayerSignature signature)
    {
        var parts = signature.ToString().Split(' ');
        (parts[1], parts[3]) = ($"*x{signature.Input.Height}x{signature.Input.Width}", "*");
        return string.Join(' ', signature.KeepsChannels ? [parts[0], parts[1], .. parts[4..]] : parts);
    }

    internal static OperatorFamily Of(string name, IEnumerable<OperatorCell> cells)
    {
        OperatorCell[] sorted = [.. cells.OrderBy(cell => cell.Signature.Input.Channels).ThenBy(cell => cell.Signature.OutputChannels)];
        // Of what was imported no time is bounded, and there may be half a million of them: nothing to compare each with all others for.
        OperatorCell[] bounded = [.. sorted.Where(cell => cell.PriceMicroseconds is not null && double.IsFinite(cell.Measurement.UpperMicroseconds))];
        return new(name, [.. sorted.Select(cell => IsDearerThanWider(cell, bounded) ? cell with { Flaws = [.. cell.Flaws, CellFlaw.DearerThanWider] } : cell)]);
    }

    private static (int Input, int Output) WidthsOf(OperatorCell cell) => (cell.Signature.Input.Channels, cell.Signature.OutputChannels);

    private static bool IsDearerThanWider(OperatorCell cell, IEnumerable<OperatorCell> all) => cell.PriceMicroseconds is double price && all.Any(wider =>
        cell.IsNarrowerThan(wider) && wider.PriceMicroseconds < price && PriceUpper(wider) < PriceLower(cell));

    private static double PriceUpper(OperatorCell cell) => cell.PriceMicroseconds!.Value + cell.Measurement.UpperMicroseconds - cell.Measurement.MedianMicroseconds;

    private static double PriceLower(OperatorCell cell) => cell.PriceMicroseconds!.Value - (cell.Measurement.MedianMicroseconds - cell.Measurement.LowerMicroseconds);
}
