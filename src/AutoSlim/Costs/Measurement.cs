using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>What one probe took on one device: the median of its samples and the interval that holds the true median with 95 % confidence.</summary>
/// <param name="MedianMicroseconds">Of one run; 0 when there are no samples.</param>
/// <param name="LowerMicroseconds">0 for fewer than 6 samples, which bound nothing.</param>
/// <param name="UpperMicroseconds">Infinite for 1 to 5 samples.</param>
/// <param name="Samples">That passed the agent's gate.</param>
/// <param name="Dropped">Samples that did not.</param>
/// <param name="Status">Only <see cref="ProbeStatus.Ok"/> prices anything.</param>
/// <param name="Rounds">Apart in time, over which the samples were taken; at least 1.</param>
public sealed record Measurement(
    double MedianMicroseconds, double LowerMicroseconds, double UpperMicroseconds, int Samples, int Dropped, ProbeStatus Status, int Rounds = 1)
{
    public bool IsOk => Status == ProbeStatus.Ok;

    /// <summary>Rounded as <see cref="CostTableFile"/> rounds, so that a table prices alike before and after it was written.</summary>
    public static Measurement Of(ProbeResult result)
    {
        if (result.SamplesMicroseconds.Count == 0) return new(0, 0, 0, 0, result.Dropped, result.Status);
        var statistics = SampleStatistics.Of([.. result.SamplesMicroseconds]);
        return new Measurement(
            statistics.MedianMicroseconds, statistics.LowerMicroseconds, statistics.UpperMicroseconds, statistics.Count, result.Dropped, result.Status).Rounded();
    }

    /// <summary>Of a probe that was repeated in rounds, whose samples count alike.</summary>
    /// <exception cref="ArgumentException">There are no samples.</exception>
    public static Measurement OfRounds(IReadOnlyCollection<ProbeResult> rounds)
    {
        var statistics = SampleStatistics.Of([.. rounds.SelectMany(round => round.SamplesMicroseconds)]);
        return new Measurement(
            statistics.MedianMicroseconds, statistics.LowerMicroseconds, statistics.UpperMicroseconds, statistics.Count, rounds.Sum(round => round.Dropped), ProbeStatus.Ok, rounds.Count).Rounded();
    }

    /// <summary>Of a network that was timed in several sessions, each of which counts as one sample.</summary>
    public static Measurement OfSessions(SampleStatistics sessions) =>
        new Measurement(sessions.MedianMicroseconds, sessions.LowerMicroseconds, sessions.UpperMicroseconds, sessions.Count, 0, ProbeStatus.Ok, sessions.Count).Rounded();

    /// <summary>Times with 4 significant digits, and none finer than 0.001 microseconds.</summary>
    public Measurement Rounded() => this with
    {
        MedianMicroseconds = RoundedTime.Of(MedianMicroseconds),
        LowerMicroseconds = RoundedTime.Of(LowerMicroseconds),
        UpperMicroseconds = RoundedTime.Of(UpperMicroseconds),
    };

    /// <summary>What is wrong with a measurement that came from a file, or null.</summary>
    public string? Problem()
    {
        if (!Enum.IsDefined(Status)) return $"status {(int)Status} is unknown";
        if (Rounds < 1) return $"{Rounds} rounds, expected at least 1";
        if (Samples < 0 || Dropped < 0) return $"{Samples} samples and {Dropped} dropped, expected at least 0";
        if (!double.IsFinite(MedianMicroseconds) || !(LowerMicroseconds >= 0 && LowerMicroseconds <= MedianMicroseconds && MedianMicroseconds <= UpperMicroseconds))
            return FormattableString.Invariant($"median {MedianMicroseconds} us in {LowerMicroseconds} to {UpperMicroseconds} us, expected numbers of at least 0 in ascending order");
        return IsOk && (Samples == 0 || MedianMicroseconds == 0) ? "status Ok without a time: expected samples and a median above 0" : null;
    }
}
