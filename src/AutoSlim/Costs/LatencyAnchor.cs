namespace AutoSlim.Costs;

/// <summary>A whole network that was measured, to calibrate predictions with.</summary>
/// <param name="Terms">What its time is to be explained by.</param>
/// <param name="MeasuredMilliseconds">Of one run of the whole; above 0.</param>
public sealed record LatencyAnchor(LatencyTerms Terms, double MeasuredMilliseconds)
{
    internal bool IsUsable => IsTime(Terms.OperatorMilliseconds) && IsTime(MeasuredMilliseconds)
        && IsAmount(Terms.WeightMegabytes) && IsAmount(Terms.MillionMultiplyAdds) && IsAmount(Terms.ActivationMegabytes);

    private static bool IsTime(double milliseconds) => milliseconds > 0 && double.IsFinite(milliseconds);

    private static bool IsAmount(double value) => value >= 0 && double.IsFinite(value);
}
