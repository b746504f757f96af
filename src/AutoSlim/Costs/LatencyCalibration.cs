namespace AutoSlim.Costs;

/// <summary>
/// What a whole network costs beyond the sum of its operators: milliseconds = <paramref name="Scale"/> x sum +
/// <paramref name="MillisecondsPerMegabyte"/> x megabytes of weights + <paramref name="ConstantMilliseconds"/>.
/// </summary>
/// <param name="Scale">Above 0.</param>
/// <param name="MillisecondsPerMegabyte">At least 0; what it costs that a network's weights leave the caches between runs. A megabyte is 1e6 bytes.</param>
/// <param name="ConstantMilliseconds">At least 0: a run's fixed cost.</param>
/// <param name="Anchors">Networks that it was fitted to.</param>
/// <param name="MedianRelativeError">Of every anchor predicted from the others, as a share of its time.</param>
/// <param name="MaximumRelativeError">The worst of these: what to report as the bound.</param>
public sealed record LatencyCalibration(
    double Scale, double MillisecondsPerMegabyte, double ConstantMilliseconds, int Anchors, double MedianRelativeError, double MaximumRelativeError)
{
    public const int MinimumAnchors = 4;

    internal const double BytesPerMegabyte = 1e6;

    /// <summary>Relative least squares: an anchor of 1 ms counts as much as one of 100 ms.</summary>
    /// <exception cref="ArgumentException">Fewer than 4 anchors, or one that is not a time.</exception>
    public static LatencyCalibration Fit(IReadOnlyList<LatencyAnchor> anchors)
    {
        Check(anchors);
        double[] errors = [.. anchors.Select((anchor, left) => LatencyFit.Of([.. anchors.Where((_, i) => i != left)]).RelativeError(anchor)).Order()];
        var fit = LatencyFit.Of(anchors);
        return new(
            fit.Scale, fit.MillisecondsPerMegabyte, fit.ConstantMilliseconds, anchors.Count,
            (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2, errors[^1]);
    }

    /// <summary>The latency of a network from the sum of its operators and its weights.</summary>
    public double PredictMilliseconds(double sumMilliseconds, long weightBytes) =>
        Scale * sumMilliseconds + MillisecondsPerMegabyte * weightBytes / BytesPerMegabyte + ConstantMilliseconds;

    private static void Check(IReadOnlyList<LatencyAnchor> anchors)
    {
        if (anchors.Count < MinimumAnchors)
            throw new ArgumentException($"{anchors.Count} anchor networks, expected at least {MinimumAnchors}: measure more whole networks", nameof(anchors));
        var odd = anchors.Where(anchor => !IsTime(anchor.SumMilliseconds) || !IsTime(anchor.MeasuredMilliseconds) || anchor.WeightBytes < 0).ToList();
        if (odd.Count > 0)
            throw new ArgumentException($"expected times above 0 and weights of at least 0 bytes, found {string.Join("; ", odd)}", nameof(anchors));
    }

    private static bool IsTime(double milliseconds) => milliseconds > 0 && double.IsFinite(milliseconds);
}
