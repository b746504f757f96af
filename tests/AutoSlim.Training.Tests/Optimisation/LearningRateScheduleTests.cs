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

    [Fact]
    public void It_never_passes_the_peak_and_never_reaches_zero()
    {
        foreach (var fraction in new[] { 0, 0.1, 0.33, 0.5, 0.99 })
            foreach (var steps in new[] { 1, 2, 3, 10, 97 })
                Assert.All(Rates(new(0.5, fraction, steps)), rate => Assert.InRange(rate, 1e-6, 0.5 + 1e-12));
    }

    private static IEnumerable<double> Rates(LearningRateSchedule schedule) => Enumerable.Range(0, schedule.TotalSteps).Select(schedule.At);
}
