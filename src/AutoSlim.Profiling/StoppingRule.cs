namespace AutoSlim.Profiling;

/// <summary>Decides, from the samples so far and nothing else, whether to run another: so that it can be tested on invented timings.</summary>
public sealed class StoppingRule(MeasurementPlan plan)
{
    /// <summary>On a busy machine a quiet moment may still come, but not for ever.</summary>
    private const int AttemptsPerSample = 2;

    /// <param name="keptMicroseconds">The samples that passed the gate.</param>
    /// <param name="dropped">How many did not.</param>
    /// <param name="elapsed">Since the entry's warm-up began.</param>
    public bool NeedsAnother(IReadOnlyList<double> keptMicroseconds, int dropped, TimeSpan elapsed)
    {
        if (elapsed.TotalMilliseconds >= plan.TimeLimitMilliseconds) return false;
        if (keptMicroseconds.Count >= plan.MaximumSamples) return false;
        if (LosesTooMany(keptMicroseconds.Count, dropped)) return keptMicroseconds.Count + dropped < AttemptsPerSample * plan.MaximumSamples;
        if (keptMicroseconds.Count < plan.MinimumSamples) return true;
        return SampleStatistics.Of(keptMicroseconds).RelativeHalfWidth > plan.TargetRelativeHalfWidth;
    }

    /// <summary>Whether so many samples were dropped that the rest says little.</summary>
    public bool LosesTooMany(int kept, int dropped) => dropped > plan.MaximumDropShare * (kept + dropped);
}
