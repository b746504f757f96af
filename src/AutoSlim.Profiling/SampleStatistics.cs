namespace AutoSlim.Profiling;

/// <summary>The median of some samples and the order statistics that bracket the true median with 95 % confidence, whatever the distribution.</summary>
/// <param name="Count">At least 1.</param>
/// <param name="LowerMicroseconds">Zero for fewer than 6 samples, which bound nothing.</param>
/// <param name="UpperMicroseconds">Infinite for fewer than 6 samples.</param>
public sealed record SampleStatistics(int Count, double MedianMicroseconds, double LowerMicroseconds, double UpperMicroseconds)
{
    private const double TailProbability = 0.025;

    /// <summary>Half of the interval as a share of the median.</summary>
    public double RelativeHalfWidth => (UpperMicroseconds - LowerMicroseconds) / 2 / MedianMicroseconds;

    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static SampleStatistics Of(IReadOnlyCollection<double> samplesMicroseconds)
    {
        if (samplesMicroseconds.Count == 0) throw new ArgumentException("no samples: a median needs at least 1", nameof(samplesMicroseconds));
        double[] sorted = [.. samplesMicroseconds.Order()];
        var median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        var rank = LowerRank(sorted.Length);
        return rank == 0
            ? new(sorted.Length, median, 0, double.PositiveInfinity)
            : new(sorted.Length, median, sorted[rank - 1], sorted[^rank]);
    }

    /// <summary>
    /// The largest rank r, counted from 1, such that the true median lies below the r-th smallest of <paramref name="count"/> samples
    /// with probability at most 2.5 %: fewer than r of them below it is a binomial tail at one half. Zero when even r = 1 is too likely.
    /// </summary>
    public static int LowerRank(int count)
    {
        var logTerm = -count * Math.Log(2);
        double tail = 0;
        for (var below = 0; below < count; below++)
        {
            tail += Math.Exp(logTerm);
            if (tail > TailProbability) return below;
            logTerm += Math.Log((count - below) / (below + 1.0));
        }

        return count;
    }
}
