using AutoSlim.Costs;
using AutoSlim.Profiling;

namespace AutoSlim.Tests.Costs;

public sealed class MeasurementTests
{
    [Fact]
    public void A_measurement_is_the_median_and_its_interval()
    {
        double[] samples = [.. Enumerable.Range(1, 9).Select(value => 10.0 * value)];
        Assert.Equal(new(50, 20, 80, 9, 3, ProbeStatus.Ok), Measurement.Of(new(ProbeStatus.Ok, samples, 3, null, DeviceConditions.Unknown)));
    }

    [Fact]
    public void Few_samples_bound_nothing() =>
        Assert.Equal(new(2, 0, double.PositiveInfinity, 3, 0, ProbeStatus.Unstable), Measurement.Of(new(ProbeStatus.Unstable, [1, 2, 3], 0, "busy", DeviceConditions.Unknown)));

    [Fact]
    public void A_failure_has_no_times() =>
        Assert.Equal(new(0, 0, 0, 0, 0, ProbeStatus.Failed), Measurement.Of(ProbeResult.Failed("no such model")));

    [Theory]
    [InlineData(0.00001, 0.001)]
    [InlineData(0.12345, 0.123)]
    [InlineData(0.9996, 1)]
    [InlineData(1.23456, 1.235)]
    [InlineData(123.456, 123.5)]
    [InlineData(1234567, 1235000)]
    [InlineData(0, 0)]
    public void Times_are_rounded_to_four_digits_and_a_thousandth(double microseconds, double rounded)
    {
        var measurement = new Measurement(microseconds, microseconds, microseconds, 1, 0, ProbeStatus.Unstable);
        Assert.Equal(rounded, measurement.Rounded().MedianMicroseconds);
        Assert.Equal(measurement.Rounded(), measurement.Rounded().Rounded());
    }

    [Theory]
    [InlineData(double.NaN, 1, 1, 9, 0)]
    [InlineData(1, double.NaN, 1, 9, 0)]
    [InlineData(1, 1, double.NaN, 9, 0)]
    [InlineData(double.PositiveInfinity, 1, double.PositiveInfinity, 9, 0)]
    [InlineData(-1, -1, 1, 9, 0)]
    [InlineData(1, 2, 3, 9, 0)]
    [InlineData(3, 1, 2, 9, 0)]
    [InlineData(1, 1, 1, -9, 0)]
    [InlineData(1, 1, 1, 9, -1)]
    [InlineData(0, 0, 0, 9, 0)]
    [InlineData(1, 1, 1, 0, 0)]
    public void Contradictions_are_problems(double median, double lower, double upper, int samples, int dropped) =>
        Assert.NotNull(new Measurement(median, lower, upper, samples, dropped, ProbeStatus.Ok).Problem());

    [Fact]
    public void An_unknown_status_is_a_problem() => Assert.NotNull((MeasuredTables.Taking(1) with { Status = (ProbeStatus)7 }).Problem());
}
