using AutoSlim.Training.Optimisation;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class LearningRateScheduleTests
{
    /// <summary>Five steps up to the peak, then down in equal steps; the last step still learns.</summary>
    [Fact]
    public void The_rate_rises_to_the_peak_and_falls_towards_zero() => Assert.Equal(
        [0.2, 0.4, 0.6, 0.8, 1, 5 / 6.0, 4 / 6.0, 3 / 6.0, 2 / 6.0, 1 / 6.0],
        Rates(new(1, 0.5, 10)),
        (expected, actual) => Math.Abs(expected - actual) < 1e-12);

    [Fact]
    public void Without_a_warm_up_it_starts_near_the_peak() => Assert.Equal(
        [2 * 4 / 5.0, 2 * 3 / 5.0, 2 * 2 / 5.0, 2 * 1 / 5.0],
        Rates(new(2, 0, 4)),
        (expected, actual) => Math.Abs(expected - actual) < 1e-12);

    /// <summary>Half a cosine over what is left of the steps, one more than there are: the last step still learns.</summary>
    [Fact]
    public void A_cosine_falls_slowly_then_fast_then_slowly() => Assert.Equal(
        [0.5, 1, 0.933, 0.75, 0.5, 0.25, 0.067],
        Rates(new(1, 2 / 7.0, 7) { Kind = ScheduleKind.Cosine }),
        (expected, actual) => Math.Abs(expected - actual) < 1e-3);

    [Fact]
    public void A_stepwise_rate_falls_at_the_milestones() => Assert.Equal(
        [2, 2, 2, 0.2, 0.2, 0.2, 0.02, 0.02, 0.02, 0.002],
        Rates(new(2, 0, 10) { Kind = ScheduleKind.Step, Milestones = new(0.3, 0.6, 0.9), MilestoneFactor = 0.1 }),
        (expected, actual) => Math.Abs(expected - actual) < 1e-12);

    [Fact]
    public void A_constant_rate_stays_after_its_warm_up() => Assert.Equal([1.5, 3, 3, 3], Rates(new(3, 0.5, 4) { Kind = ScheduleKind.Constant }));

    [Fact]
    public void It_never_passes_the_peak_and_never_reaches_zero()
    {
        foreach (var fraction in new[] { 0, 0.1, 0.33, 0.5, 0.99 })
            foreach (var steps in new[] { 1, 2, 3, 10, 97 })
                foreach (var kind in Enum.GetValues<ScheduleKind>())
                    Assert.All(Rates(new(0.5, fraction, steps) { Kind = kind }), rate => Assert.InRange(rate, 1e-6, 0.5 + 1e-12));
    }

    private static IEnumerable<double> Rates(LearningRateSchedule schedule) => Enumerable.Range(0, schedule.TotalSteps).Select(schedule.At);
}
