namespace AutoSlim.Profiling;

/// <summary>
/// Decides, from the times of the runs so far and nothing else, whether a warm-up goes on: at least as long as the plan says, and then
/// until the times no longer fall or rise alone, which caches that fill and clocks that climb make them do.
/// </summary>
public sealed class WarmUpRule(MeasurementPlan plan)
{
    /// <summary>Of the times, from shorter to longer or back: by chance two of three runs make one.</summary>
    public const int TurnsWhenWarm = 4;

    /// <summary>A device that goes one way for so many times the plan's warm-up goes it all the time.</summary>
    private const double LongestShare = 10;

    private double? last;
    private int direction;
    private int turns;
    private int runs;

    /// <summary>The fastest run so far, microseconds; infinite before the first.</summary>
    public double FastestMicroseconds { get; private set; } = double.PositiveInfinity;

    /// <param name="microseconds">Of the last run.</param>
    public void Add(double microseconds)
    {
        var step = last is double before ? Math.Sign(microseconds - before) : 0;
        if (step * direction < 0) turns++;
        if (step != 0) direction = step;
        last = microseconds;
        runs++;
        FastestMicroseconds = Math.Min(FastestMicroseconds, microseconds);
    }

    /// <param name="elapsed">Since the warm-up began.</param>
    public bool NeedsAnother(TimeSpan elapsed)
    {
        if (runs < plan.WarmUpRuns || elapsed.TotalMilliseconds < plan.WarmUpMilliseconds) return true;
        return turns < TurnsWhenWarm && elapsed.TotalMilliseconds < Math.Min(LongestShare * plan.WarmUpMilliseconds, plan.TimeLimitMilliseconds);
    }
}
