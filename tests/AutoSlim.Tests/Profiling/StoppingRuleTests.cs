using AutoSlim.Profiling;

namespace AutoSlim.Tests.Profiling;

public sealed class StoppingRuleTests
{
    private static readonly MeasurementPlan Plan = new() { MinimumSamples = 9, MaximumSamples = 40, TargetRelativeHalfWidth = 0.015, MaximumDropShare = 0.6, TimeLimitMilliseconds = 1000 };
    private static readonly StoppingRule Rule = new(Plan);

    [Fact]
    public void Asks_for_more_below_the_minimum_however_equal_the_samples()
    {
        Assert.True(Rule.NeedsAnother(Equal(8), 0, TimeSpan.Zero));
        Assert.False(Rule.NeedsAnother(Equal(9), 0, TimeSpan.Zero));
    }

    [Fact]
    public void Asks_for_more_while_the_interval_is_wide()
    {
        double[] scattered = [100, 104, 108, 112, 116, 120, 124, 128, 132];
        Assert.True(Rule.NeedsAnother(scattered, 0, TimeSpan.Zero));
    }

    [Fact]
    public void One_outlier_on_either_side_does_not_ask_for_more()
    {
        double[] withOutliers = [1, 100, 100, 100, 100, 100, 100, 100, 900];
        Assert.False(Rule.NeedsAnother(withOutliers, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Stops_at_the_maximum_however_wide_the_interval()
    {
        double[] scattered = [.. Enumerable.Range(1, 40).Select(i => (double)i)];
        Assert.True(Rule.NeedsAnother(scattered[..39], 0, TimeSpan.Zero));
        Assert.False(Rule.NeedsAnother(scattered, 0, TimeSpan.Zero));
    }

    [Fact]
    public void Stops_at_the_time_limit_with_whatever_there_is() => Assert.False(Rule.NeedsAnother([], 0, TimeSpan.FromSeconds(1)));

    [Fact]
    public void Hopes_for_a_quiet_moment_while_too_many_samples_are_dropped_but_not_for_ever()
    {
        Assert.True(Rule.NeedsAnother(Equal(9), 14, TimeSpan.Zero));
        Assert.True(Rule.NeedsAnother([], 79, TimeSpan.Zero));
        Assert.False(Rule.NeedsAnother([], 80, TimeSpan.Zero));
        Assert.False(Rule.NeedsAnother(Equal(9), 71, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(0.7)]
    [InlineData(1.0)]
    public void Ends_within_two_attempts_and_a_half_per_sample_whatever_share_is_dropped(double dropShare)
    {
        var random = new Random(7);
        var kept = new List<double>();
        var dropped = 0;
        while (Rule.NeedsAnother(kept, dropped, TimeSpan.Zero))
        {
            if (random.NextDouble() < dropShare) dropped++;
            else kept.Add(random.NextDouble() + 0.1);
        }

        Assert.InRange(kept.Count + dropped, Plan.MaximumSamples, 2.5 * Plan.MaximumSamples);
    }

    [Fact]
    public void Losing_more_than_the_plan_allows_is_losing_too_many()
    {
        Assert.False(Rule.LosesTooMany(0, 0));
        Assert.False(Rule.LosesTooMany(40, 60));
        Assert.True(Rule.LosesTooMany(39, 61));
    }

    private static double[] Equal(int count) => [.. Enumerable.Repeat(100.0, count)];
}
