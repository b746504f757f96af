using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>How one entry is measured. The defaults suit one-operator probes, of which there are thousands.</summary>
[MessagePackObject]
public sealed record MeasurementPlan
{
    /// <summary>
    /// For one sitting of a whole network, which is measured in several: from one session to the next a network's time differs by up to
    /// a fifth, for its memory lies elsewhere; within a session by a hundredth.
    /// </summary>
    public static MeasurementPlan Sitting { get; } = new()
    {
        WarmUpMilliseconds = 80,
        MinimumSamples = 15,
        MaximumSamples = 30,
        TargetRelativeHalfWidth = 0.01,
        TimeLimitMilliseconds = 600_000,
    };

    /// <summary>Run at least this long before measuring, and at least <see cref="WarmUpRuns"/> times.</summary>
    [Key(0)]
    public double WarmUpMilliseconds { get; init; } = 20;

    [Key(1)]
    public int WarmUpRuns { get; init; } = 3;

    /// <summary>Runs are batched until one sample lasts this long: the clocks and a run's fixed cost then vanish.</summary>
    [Key(2)]
    public double SampleMilliseconds { get; init; } = 2;

    [Key(3)]
    public int MinimumSamples { get; init; } = 9;

    [Key(4)]
    public int MaximumSamples { get; init; } = 40;

    /// <summary>Stop when half of the median's 95 % interval is at most this share of the median.</summary>
    [Key(5)]
    public double TargetRelativeHalfWidth { get; init; } = 0.015;

    /// <summary>A sample during which the processor worked for us a smaller share of the time was preempted and is dropped.</summary>
    [Key(6)]
    public double MinimumCpuFraction { get; init; } = 0.95;

    /// <summary>An entry that loses a larger share of its samples is unstable.</summary>
    [Key(7)]
    public double MaximumDropShare { get; init; } = 0.6;

    /// <summary>Measuring ends here, whatever it has.</summary>
    [Key(8)]
    public double TimeLimitMilliseconds { get; init; } = 10_000;

    /// <summary>What is wrong with the plan, all of it; empty when it can be followed.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. Check(nameof(WarmUpMilliseconds), WarmUpMilliseconds, 0, 60_000),
        .. Check(nameof(WarmUpRuns), WarmUpRuns, 1, 10_000),
        .. Check(nameof(SampleMilliseconds), SampleMilliseconds, 0.01, 10_000),
        .. Check(nameof(MinimumSamples), MinimumSamples, 1, MaximumSamples),
        .. Check(nameof(MaximumSamples), MaximumSamples, 1, 10_000),
        .. Check(nameof(TargetRelativeHalfWidth), TargetRelativeHalfWidth, 0, 1),
        .. Check(nameof(MinimumCpuFraction), MinimumCpuFraction, 0, 1),
        .. Check(nameof(MaximumDropShare), MaximumDropShare, 0, 1),
        .. Check(nameof(TimeLimitMilliseconds), TimeLimitMilliseconds, 1, 600_000),
    ];

    private static IEnumerable<string> Check(string name, double value, double minimum, double maximum) =>
        value >= minimum && value <= maximum ? [] : [FormattableString.Invariant($"{name} is {value}, expected {minimum} to {maximum}")];
}
