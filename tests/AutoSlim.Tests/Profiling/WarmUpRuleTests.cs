using AutoSlim.Profiling;

namespace AutoSlim.Tests.Profiling;

/// <summary>On invented times, without a clock.</summary>
public sealed class WarmUpRuleTests
{
    private static readonly MeasurementPlan Plan = new() { WarmUpMilliseconds = 20, WarmUpRuns = 3 };
    private static readonly TimeSpan Enough = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Runs_and_time_are_both_wanted()
    {
        Assert.True(After(9, 8).NeedsAnother(Enough));
        Assert.True(After(9, 8, 9, 8, 9, 8).NeedsAnother(TimeSpan.FromMilliseconds(19)));
        Assert.False(After(9, 8, 9, 8, 9, 8).NeedsAnother(Enough));
    }

    [Fact]
    public void Times_that_only_fall_are_not_warm() => Assert.True(After(9, 8, 7, 6, 5, 4, 3, 2).NeedsAnother(Enough));

    [Fact]
    public void Four_turns_are_warm_and_three_are_not()
    {
        Assert.True(After(9, 8, 9, 8, 9).NeedsAnother(Enough));
        Assert.False(After(9, 8, 9, 8, 9, 8).NeedsAnother(Enough));
    }

    [Fact]
    public void Equal_times_are_no_turn() => Assert.True(After(9, 8, 8, 7, 7, 6, 6, 5).NeedsAnother(Enough));

    [Fact]
    public void A_device_that_never_turns_is_measured_after_ten_times_as_long() => Assert.False(After(9, 8, 7).NeedsAnother(10 * Enough));

    [Fact]
    public void The_time_limit_ends_it_too()
    {
        var rule = new WarmUpRule(Plan with { TimeLimitMilliseconds = 50 });
        foreach (var time in new[] { 9.0, 8, 7 }) rule.Add(time);
        Assert.False(rule.NeedsAnother(TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public void The_fastest_run_is_kept() => Assert.Equal((7, double.PositiveInfinity), (After(9, 7, 8).FastestMicroseconds, After().FastestMicroseconds));

    private static WarmUpRule After(params double[] microseconds)
    {
        var rule = new WarmUpRule(Plan);
        foreach (var time in microseconds) rule.Add(time);
        return rule;
    }
}
