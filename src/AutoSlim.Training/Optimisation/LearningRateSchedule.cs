namespace AutoSlim.Training.Optimisation;

/// <summary>Linear warm-up, then linear decay to 0, by step.</summary>
public sealed record LearningRateSchedule(double Peak, double WarmUpFraction, int TotalSteps)
{
    /// <param name="step">From 0.</param>
    public double At(int step)
    {
        var warmUpSteps = WarmUpFraction * TotalSteps;
        var done = step + 1;
        return done < warmUpSteps ? Peak * done / warmUpSteps : Peak * (TotalSteps - step) / (TotalSteps - warmUpSteps + 1);
    }
}
