using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>
/// How many channels a device works on at once. Runtimes fill up a layer's channels to blocks (16 with AVX-512), so that a width between
/// two multiples costs what the wider multiple does, or more. Found by timing one pointwise convolution at nine widths.
/// </summary>
public static class DeviceAlignment
{
    /// <summary>No coarser blocks than the grid of widths has anyway.</summary>
    public const int None = 1;

    /// <summary>Of what it costs to widen the probe, the share that the steps from an odd to an even multiple may have in a device that fills up: half in one that does not.</summary>
    private const double LargestShare = 0.25;
    private const int Narrowest = 64;
    private const int Widest = 128;
    private const int Step = 8;

    private static readonly int[] Tried = [32, 16];

    /// <summary>On a map of 15 pixels, which the networks do not have at 224 or 32: what is measured here does not mix with their widths.</summary>
    public static IReadOnlyList<LayerSignature> Probes { get; } = [.. Widths(Step).Select(At)];

    /// <summary>16 or 32 channels, or <see cref="None"/>; null while a probe has not been measured.</summary>
    public static int? Of(CostTable table)
    {
        if (table.Missing(Probes).Count > 0) return null;
        return Tried.FirstOrDefault(alignment => FillsUp(table, alignment), None);
    }

    private static bool FillsUp(CostTable table, int alignment)
    {
        var price = Widths(alignment / 2).Select(width => Microseconds(table, At(width))).ToList();
        var withinBlock = Enumerable.Range(0, price.Count / 2).Sum(pair => price[2 * pair + 2] - price[2 * pair + 1]);
        return price[^1] > price[0] && withinBlock <= LargestShare * (price[^1] - price[0]);
    }

    private static double Microseconds(CostTable table, LayerSignature signature) => table.Find(ProbeEntry.Operator(signature))!.MedianMicroseconds;

    private static IEnumerable<int> Widths(int step) => Enumerable.Range(0, (Widest - Narrowest) / step + 1).Select(index => Narrowest + index * step);

    private static LayerSignature At(int width) => new(OperatorKind.Convolution, new(Narrowest, 15, 15), width, Activation: Activation.Relu);
}
