using AutoSlim.Networks;

namespace AutoSlim.Costs.Review;

/// <summary>One measured width of an operator.</summary>
/// <param name="Signature">The operator with its widths.</param>
/// <param name="Measurement">Inside its context.</param>
/// <param name="PriceMicroseconds">Without its context; null when it cannot be told.</param>
/// <param name="Flaws">Empty for a price to rely on.</param>
public sealed record OperatorCell(LayerSignature Signature, Measurement Measurement, double? PriceMicroseconds, IReadOnlyList<CellFlaw> Flaws)
{
    private const double WidestShare = 0.1;

    /// <summary>Microseconds for a million multiply-adds; null for what has none, or no price.</summary>
    public double? MicrosecondsPerMillion => Signature.MultiplyAdds > 0 ? PriceMicroseconds * 1e6 / Signature.MultiplyAdds : null;

    internal static OperatorCell Of(CostTable table, LayerSignature signature, Measurement measurement)
    {
        var context = table.ContextMicroseconds(signature);
        double? price = measurement.IsOk && context is not null ? Math.Max(0, measurement.MedianMicroseconds - context.Value) : null;
        return new(signature, measurement, price, [.. FlawsOf(measurement, context, price)]);
    }

    /// <summary>At most as wide in both directions, and not the same.</summary>
    internal bool IsNarrowerThan(OperatorCell other) =>
        other != this && Signature.Input.Channels <= other.Signature.Input.Channels && Signature.OutputChannels <= other.Signature.OutputChannels;

    private static IEnumerable<CellFlaw> FlawsOf(Measurement measurement, double? context, double? price)
    {
        if (!measurement.IsOk) yield return CellFlaw.NotMeasured;
        if (context is null) yield return CellFlaw.NoContext;
        if (price == 0) yield return CellFlaw.TooQuick;
        if (double.IsInfinity(measurement.UpperMicroseconds)) yield return CellFlaw.NoSpread;
        else if (price > 0 && measurement.UpperMicroseconds - measurement.LowerMicroseconds > WidestShare * price) yield return CellFlaw.Wide;
    }
}
