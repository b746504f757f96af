namespace AutoSlim.Costs;

/// <summary>
/// What a whole network takes, learnt from networks that were measured: milliseconds = <paramref name="Scale"/> x sum of its operators
/// + <paramref name="MillisecondsPerWeightMegabyte"/> x weights + <paramref name="MillisecondsPerMillionMultiplyAdds"/> x multiply-adds
/// + <paramref name="MillisecondsPerActivationMegabyte"/> x activations + <paramref name="ConstantMilliseconds"/>. A probe is small enough
/// for the caches, a network is not; and where operators take a few microseconds their sum says little, and the other terms carry.
/// </summary>
/// <param name="Scale">At least 0; about 1 where the operators explain everything.</param>
/// <param name="MillisecondsPerWeightMegabyte">At least 0; what it costs that a network's weights leave the caches between runs.</param>
/// <param name="MillisecondsPerMillionMultiplyAdds">At least 0.</param>
/// <param name="MillisecondsPerActivationMegabyte">At least 0; what it costs that wide maps leave the caches from one layer to the next.</param>
/// <param name="ConstantMilliseconds">A run's fixed cost; below 0 where every operator was charged a little too much.</param>
/// <param name="Anchors">Networks that it was fitted to; 0 for <see cref="Uncalibrated"/>.</param>
/// <param name="MedianRelativeError">Of every anchor predicted from the others, as a share of its time.</param>
/// <param name="MaximumRelativeError">The worst of these: what to report as the bound.</param>
public sealed record LatencyCalibration(
    double Scale, double MillisecondsPerWeightMegabyte, double MillisecondsPerMillionMultiplyAdds, double MillisecondsPerActivationMegabyte, double ConstantMilliseconds,
    int Anchors, double MedianRelativeError, double MaximumRelativeError)
{
    public const int MinimumAnchors = 4;

    /// <summary>The sum of the operators, which no whole network ever bore out: no anchors, and no bound of the error.</summary>
    public static LatencyCalibration Uncalibrated { get; } = new(1, 0, 0, 0, 0, Anchors: 0, double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Relative least squares: an anchor of 1 ms counts as much as one of 100 ms.</summary>
    /// <exception cref="ArgumentException">Fewer than 4 anchors, or one that is not a time.</exception>
    public static LatencyCalibration Fit(IReadOnlyList<LatencyAnchor> anchors)
    {
        Check(anchors);
        double[] errors = [.. anchors.Select((anchor, left) => LatencyFit.Of([.. anchors.Where((_, i) => i != left)]).RelativeError(anchor)).Order()];
        var fit = LatencyFit.Of(anchors).Coefficients;
        return new(fit[0], fit[1], fit[2], fit[3], fit[4], anchors.Count, (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2, errors[^1]);
    }

    public double PredictMilliseconds(LatencyTerms terms) =>
        Scale * terms.OperatorMilliseconds + MillisecondsPerWeightMegabyte * terms.WeightMegabytes
        + MillisecondsPerMillionMultiplyAdds * terms.MillionMultiplyAdds + MillisecondsPerActivationMegabyte * terms.ActivationMegabytes + ConstantMilliseconds;

    private static void Check(IReadOnlyList<LatencyAnchor> anchors)
    {
        if (anchors.Count < MinimumAnchors)
            throw new ArgumentException($"{anchors.Count} anchor networks, expected at least {MinimumAnchors}: measure more whole networks", nameof(anchors));
        var odd = anchors.Where(anchor => !anchor.IsUsable).ToList();
        if (odd.Count > 0)
            throw new ArgumentException($"expected times above 0, and weights, multiply-adds and activations of at least 0, found {string.Join("; ", odd)}", nameof(anchors));
    }
}
