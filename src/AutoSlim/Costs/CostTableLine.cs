using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>One measurement as a line of a <see cref="CostTableFile"/>; microseconds throughout.</summary>
/// <param name="Microseconds">The median.</param>
/// <param name="Lower">Of the median's 95 % interval.</param>
/// <param name="Upper">Of the same; null for infinity, which JSON cannot say.</param>
/// <param name="Samples">Kept.</param>
/// <param name="Dropped">Not kept.</param>
/// <param name="Status">By name.</param>
/// <param name="Rounds">Apart in time, over which the samples were taken.</param>
internal sealed record CostTableLine(double Microseconds, double Lower, double? Upper, int Samples, int Dropped, ProbeStatus Status, int Rounds)
{
    public static CostTableLine Of(Measurement measurement)
    {
        var it = measurement.Rounded();
        return new(it.MedianMicroseconds, it.LowerMicroseconds, double.IsFinite(it.UpperMicroseconds) ? it.UpperMicroseconds : null, it.Samples, it.Dropped, it.Status, it.Rounds);
    }

    public Measurement ToMeasurement()
    {
        if (Upper is double upper && !double.IsFinite(upper)) throw new FormatException("an interval's upper end is too large a number");
        return new(Microseconds, Lower, Upper ?? double.PositiveInfinity, Samples, Dropped, Status, Rounds);
    }
}
