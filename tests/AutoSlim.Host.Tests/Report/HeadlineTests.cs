using AutoSlim.Host.Report;

namespace AutoSlim.Host.Tests.Report;

public sealed class HeadlineTests
{
    private static readonly TargetSummary Better = ReportExample.Summary.Targets[1];
    private static readonly TargetSummary Worse = Better with { Name = "tiny", Accuracy = 0.8, UniformAccuracy = 0.815 };

    [Fact]
    public void It_tells_the_largest_gain_with_both_times() => Assert.Equal(
        "AutoSlim beats the uniform network at all 2 latency budgets, at 'small' by 2.9 points: 87.1 % in 2.28 ms against 84.2 % in 2.31 ms.",
        Headline.Result(ReportExample.Summary));

    [Fact]
    public void It_says_when_only_some_budgets_are_won() =>
        Assert.StartsWith("AutoSlim beats the uniform network at 1 of 2 latency budgets", Headline.Result(ReportExample.WithTargets(Worse, Better)), StringComparison.Ordinal);

    [Fact]
    public void A_slower_network_wins_nothing() => Assert.Contains(
        "did not beat the uniform network at its 1 latency budget; at 'small' it is slower",
        Headline.Result(ReportExample.WithTargets(Better with { UniformMeasuredMilliseconds = 2.27 })), StringComparison.Ordinal);

    [Fact]
    public void It_says_when_AutoSlim_loses() => Assert.Equal(
        "AutoSlim did not beat the uniform network at its 1 latency budget; at 'tiny' it is 1.5 points behind: 80.0 % in 2.28 ms against 81.5 % in 2.31 ms.",
        Headline.Result(ReportExample.WithTargets(Worse)));

    [Fact]
    public void It_counts_kept_budgets_and_the_largest_prediction_error() => Assert.Equal(
        "Measured on desk, 1 of 2 latency budgets is kept; predictions are off by 4.8 % at most.",
        Headline.Latency(ReportExample.Summary));

    [Theory]
    [InlineData(0.39, "4.8 % at most, while the device ran 39 % slower than when it was calibrated.")]
    [InlineData(-0.1, "4.8 % at most, while the device ran 10 % faster than when it was calibrated.")]
    [InlineData(0.02, "4.8 % at most.")]
    public void It_tells_when_the_device_ran_at_another_pace(double drift, string end) => Assert.EndsWith(
        end, Headline.Latency(ReportExample.WithTargets([.. ReportExample.Summary.Targets.Select(target => target with { DeviceDrift = drift })])), StringComparison.Ordinal);

    [Fact]
    public void Targets_that_limit_no_latency_are_not_called_budgets()
    {
        var (first, second) = (ReportExample.Summary.Targets[0], ReportExample.Summary.Targets[1] with { BudgetMilliseconds = null });
        Assert.StartsWith("AutoSlim beats the uniform network at all 2 targets, at 'small'", Headline.Result(ReportExample.WithTargets(first, second)), StringComparison.Ordinal);
        Assert.StartsWith("Measured on desk, 1 of 1 latency budget is kept; ", Headline.Latency(ReportExample.WithTargets(first, second)), StringComparison.Ordinal);
        Assert.StartsWith("Measured on desk; predictions are off by ", Headline.Latency(ReportExample.WithTargets(second)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_targets_has_a_headline_too() => Assert.Contains("nothing was slimmed", Headline.Result(ReportExample.WithTargets()), StringComparison.Ordinal);
}
