namespace AutoSlim.Training.Optimisation;

/// <summary>The learning rate by step: a linear warm-up, then one of four ways to the end.</summary>
/// <param name="Peak">Where the warm-up ends.</param>
/// <param name="WarmUpFraction">Of all steps; 0 to below 1.</param>
/// <param name="TotalSteps">Of all epochs.</param>
public sealed record LearningRateSchedule(double Peak, double WarmUpFraction, int TotalSteps)
{
    public ScheduleKind Kind { get; init; }

    /// <summary>Of <see cref="ScheduleKind.Step"/>: fractions of all steps, warm-up included.</summary>
    public Milestones Milestones { get; init; } = new();

    /// <summary>Of <see cref="ScheduleKind.Step"/>: by what the rate is multiplied at each milestone.</summary>
    public double MilestoneFactor { get; init; } = 1;

    public static LearningRateSchedule Of(TrainingOptions options, int totalSteps) => new(options.LearningRate, options.WarmUpFraction, totalSteps)
    {
        Kind = options.Schedule,
        Milestones = options.Milestones,
        MilestoneFactor = options.MilestoneFactor,
    };

    /// <param name="step">From 0.</param>
    public double At(int step)
    {
        var warmUpSteps = WarmUpFraction * TotalSteps;
        var done = step + 1;
        return done < warmUpSteps ? Peak * done / warmUpSteps : AfterWarmUp(step, warmUpSteps);
    }

    private double AfterWarmUp(int step, double warmUpSteps) => Kind switch
    {
        ScheduleKind.Linear => Peak * (TotalSteps - step) / (TotalSteps - warmUpSteps + 1),
        ScheduleKind.Cosine => Peak * (1 - Math.Cos(Math.PI * (TotalSteps - step) / (TotalSteps - warmUpSteps + 1))) / 2,
        ScheduleKind.Step => Peak * Math.Pow(MilestoneFactor, Milestones.Fractions.Count(fraction => step >= fraction * TotalSteps)),
        ScheduleKind.Constant => Peak,
        _ => throw new InvalidOperationException($"unknown schedule {Kind}"),
    };
}
