namespace AutoSlim.Host.Report;

/// <summary>The result in two sentences, computed from the numbers: they say it when AutoSlim loses.</summary>
public static class Headline
{
    private const double NoticedDrift = 0.03;

    /// <summary>AutoSlim against the uniform network, with the target of the largest gain.</summary>
    public static string Result(DemoSummary summary)
    {
        if (summary.Targets.Count == 0) return "No target was given, so nothing was slimmed.";
        var won = summary.Targets.Where(Wins).ToList();
        var best = (won.Count > 0 ? won : summary.Targets).MaxBy(Gain)!;
        var wins = won.Count;
        var points = $"{Math.Abs(Gain(best)) * 100:0.0} points";
        var verdict = wins == 0
            ? $"AutoSlim did not beat the uniform network at {(summary.Targets.Count == 1 ? "its" : "any of")} {Budgets(summary)}; at '{best.Name}' it is {(Gain(best) > 0 ? "slower" : $"{points} behind")}"
            : $"AutoSlim beats the uniform network at {(summary.Targets.Count == 1 ? "its" : wins == summary.Targets.Count ? "all" : $"{wins} of")} {Budgets(summary)}, at '{best.Name}' by {points}";
        return $"{verdict}: {Percent(best.Accuracy)} in {Milliseconds.Text(best.MeasuredMilliseconds)} ms against {Percent(best.UniformAccuracy)} in {Milliseconds.Text(best.UniformMeasuredMilliseconds)} ms.";
    }

    /// <summary>Budgets kept, and how far the predictions were off.</summary>
    public static string Latency(DemoSummary summary)
    {
        if (summary.Targets.Count == 0) return $"Device: {summary.Device}.";
        var error = summary.Targets.Max(target => Math.Abs(target.PredictedMilliseconds / target.MeasuredMilliseconds - 1));
        return $"Measured on {summary.Device}{Kept(Limited(summary))}; predictions are off by {error * 100:0.0} % at most{Drift(summary)}.";
    }

    private static string Kept(IReadOnlyList<TargetSummary> limited)
    {
        var kept = limited.Count(target => target.MeasuredMilliseconds <= target.BudgetMilliseconds);
        return limited.Count == 0 ? "" : $", {kept} of {Count(limited.Count, "latency budget")} {(kept == 1 ? "is" : "are")} kept";
    }

    /// <summary>A device that ran at another pace explains misses; nobody must take them for the table's.</summary>
    private static string Drift(DemoSummary summary)
    {
        var drift = summary.Targets.Max(target => target.DeviceDrift) ?? 0;
        return Math.Abs(drift) <= NoticedDrift ? "" : $", while the device ran {Math.Abs(drift) * 100:0} % {(drift > 0 ? "slower" : "faster")} than when it was calibrated";
    }

    /// <summary>More accurate at equal or lower measured latency; accuracy bought with time is no win.</summary>
    private static bool Wins(TargetSummary target) => Gain(target) > 0 && target.MeasuredMilliseconds <= target.UniformMeasuredMilliseconds;

    private static double Gain(TargetSummary target) => target.Accuracy - target.UniformAccuracy;

    private static IReadOnlyList<TargetSummary> Limited(DemoSummary summary) => [.. summary.Targets.Where(target => target.BudgetMilliseconds is not null)];

    /// <summary>Targets that limit no latency are not called budgets.</summary>
    private static string Budgets(DemoSummary summary) => Count(summary.Targets.Count, Limited(summary).Count == summary.Targets.Count ? "latency budget" : "target");

    private static string Count(int number, string thing) => number == 1 ? $"1 {thing}" : $"{number} {thing}s";

    private static string Percent(double share) => $"{share * 100:0.0} %";
}
