using AutoSlim.Profiling;

namespace AutoSlim.Tests.Profiling;

public sealed class SampleStatisticsTests
{
    [Fact]
    public void The_median_is_the_middle_or_the_mean_of_the_two_in_the_middle()
    {
        Assert.Equal(2, SampleStatistics.Of([3, 1, 2]).MedianMicroseconds);
        Assert.Equal(2.5, SampleStatistics.Of([4, 1, 3, 2]).MedianMicroseconds);
    }

    /// <summary>Ranks of the 95 % confidence interval of the median as statistical tables print them.</summary>
    [Theory]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(11, 2)]
    [InlineData(12, 3)]
    [InlineData(15, 4)]
    [InlineData(20, 6)]
    [InlineData(25, 8)]
    [InlineData(40, 14)]
    [InlineData(50, 18)]
    [InlineData(100, 40)]
    public void Ranks_equal_the_published_ones(int count, int rank) => Assert.Equal(rank, SampleStatistics.LowerRank(count));

    [Fact]
    public void The_interval_lies_between_two_of_the_samples()
    {
        var statistics = SampleStatistics.Of([.. Enumerable.Range(1, 9).Select(i => 10.0 * i)]);
        Assert.Equal((20, 80), (statistics.LowerMicroseconds, statistics.UpperMicroseconds));
        Assert.Equal(0.6, statistics.RelativeHalfWidth);
    }

    [Fact]
    public void Five_samples_bound_nothing()
    {
        var statistics = SampleStatistics.Of([1, 1, 1, 1, 1]);
        Assert.Equal((0, double.PositiveInfinity), (statistics.LowerMicroseconds, statistics.UpperMicroseconds));
        Assert.Equal(double.PositiveInfinity, statistics.RelativeHalfWidth);
    }

    [Fact]
    public void The_true_median_is_inside_at_least_as_often_as_promised()
    {
        var random = new Random(1);
        var inside = Enumerable.Range(0, 4000).Count(_ =>
        {
            var statistics = SampleStatistics.Of([.. Enumerable.Range(0, 25).Select(_ => -Math.Log(random.NextDouble()))]);
            return statistics.LowerMicroseconds <= Math.Log(2) && Math.Log(2) <= statistics.UpperMicroseconds;
        });
        Assert.InRange(inside / 4000.0, 0.945, 0.975);
    }

    [Fact]
    public void No_samples_have_no_median() => Assert.Throws<ArgumentException>(() => SampleStatistics.Of([]));
}
