using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>
/// By how much a device grows when a network runs, learnt from networks that were measured: bytes = <paramref name="Scale"/> x activations
/// alive at once + <paramref name="ConstantBytes"/>. On ONNX Runtime's processor the scale is near 1 and the constant 0.1 to 0.3 MB.
/// </summary>
/// <param name="Scale">At least 0.</param>
/// <param name="ConstantBytes">At least 0: workspace and small blocks.</param>
/// <param name="Anchors">Networks that it was fitted to.</param>
/// <param name="MedianRelativeError">Of every anchor predicted from the others, as a share of its memory.</param>
/// <param name="MaximumRelativeError">The worst of these: what to report as the bound.</param>
public sealed record MemoryCalibration(double Scale, double ConstantBytes, int Anchors, double MedianRelativeError, double MaximumRelativeError)
{
    public const int MinimumAnchors = 4;

    private const double Noise = 1e-9;

    /// <summary>Relative least squares, so that a network of 1 MB counts as much as one of 100 MB; without the constant where it would be negative.</summary>
    /// <exception cref="ArgumentException">Fewer than 4 anchors, or one that is no memory.</exception>
    public static MemoryCalibration Fit(IReadOnlyList<MemoryAnchor> anchors)
    {
        if (anchors.Count < MinimumAnchors)
            throw new ArgumentException($"{anchors.Count} measured networks, expected at least {MinimumAnchors}: measure the memory of more", nameof(anchors));
        if (anchors.FirstOrDefault(anchor => !anchor.IsUsable) is MemoryAnchor odd) throw new ArgumentException($"expected bytes above 0, found {odd}", nameof(anchors));
        double[] errors = [.. anchors.Select((anchor, left) => RelativeError(anchor, Law([.. anchors.Where((_, i) => i != left)])))];
        var (scale, constant) = Law(anchors);
        return new(scale, constant, anchors.Count, SampleStatistics.Of(errors).MedianMicroseconds, errors.Max());
    }

    public double PredictBytes(double expectedBytes) => Scale * expectedBytes + ConstantBytes;

    private static double RelativeError(MemoryAnchor anchor, (double Scale, double Constant) law) =>
        Math.Abs((law.Scale * anchor.ExpectedBytes + law.Constant) / anchor.MeasuredBytes - 1);

    /// <summary>The normal equations of two terms, each a share of what was measured, that have to add up to 1.</summary>
    private static (double Scale, double Constant) Law(IReadOnlyList<MemoryAnchor> anchors)
    {
        var terms = anchors.Select(anchor => (X: anchor.ExpectedBytes / anchor.MeasuredBytes, Y: 1 / anchor.MeasuredBytes)).ToList();
        var (x, y) = (terms.Sum(term => term.X), terms.Sum(term => term.Y));
        var (xx, xy, yy) = (terms.Sum(term => term.X * term.X), terms.Sum(term => term.X * term.Y), terms.Sum(term => term.Y * term.Y));
        var determinant = xx * yy - xy * xy;
        var (scale, constant) = ((x * yy - y * xy) / determinant, (y * xx - x * xy) / determinant);
        return determinant > Noise * xx * yy && scale >= 0 && constant >= 0 ? (scale, constant) : (x / xx, 0);
    }
}
