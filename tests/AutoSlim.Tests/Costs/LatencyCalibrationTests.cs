using System.Text.Json;
using AutoSlim.Costs;
using AutoSlim.Networks;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class LatencyCalibrationTests
{
    private const double Tolerance = 1e-6;

    private static readonly LatencyTerms[] Networks =
        [new(1, 0.4, 30, 3), new(2.5, 3, 20, 1), new(4, 1, 90, 8), new(8, 9, 50, 2), new(16, 5, 80, 20), new(12, 2, 250, 6), new(6, 7, 10, 12), new(3, 2, 40, 9)];

    private static readonly Gen<LatencyAnchor> AnyAnchor = Gen.Select(
        Gen.Double[0.1, 50], Gen.Double[0, 30], Gen.Double[0, 500], Gen.Double[0, 50], Gen.Double[0.1, 50], (sum, weights, work, maps, measured) => new LatencyAnchor(new(sum, weights, work, maps), measured));

    [Theory]
    [InlineData(1.08, 0.11, 0.02, 0.03, 0.4)]
    [InlineData(0.9, 0, 0, 0, 0.25)]
    [InlineData(0.9, 0, 0, 0.03, -0.25)]
    [InlineData(1.2, 0.3, 0, 0, 0)]
    [InlineData(1, 0, 0, 0, 0)]
    [InlineData(0, 0.01, 0.02, 0, 0.05)]
    public void It_finds_the_law_that_made_the_times(double scale, double perMegabyte, double perMillion, double perMap, double constant)
    {
        var calibration = LatencyCalibration.Fit(Anchors(it =>
            scale * it.OperatorMilliseconds + perMegabyte * it.WeightMegabytes + perMillion * it.MillionMultiplyAdds + perMap * it.ActivationMegabytes + constant));
        Assert.Equal(scale, calibration.Scale, Tolerance);
        Assert.Equal(perMegabyte, calibration.MillisecondsPerWeightMegabyte, Tolerance);
        Assert.Equal(perMap, calibration.MillisecondsPerActivationMegabyte, Tolerance);
        Assert.Equal(perMillion, calibration.MillisecondsPerMillionMultiplyAdds, Tolerance);
        Assert.Equal(constant, calibration.ConstantMilliseconds, Tolerance);
        Assert.Equal(Networks.Length, calibration.Anchors);
        Assert.InRange(calibration.MaximumRelativeError, 0, Tolerance);
        Assert.Equal(scale * 3 + perMegabyte * 2 + perMillion * 60 + perMap * 5 + constant, calibration.PredictMilliseconds(new(3, 2, 60, 5)), Tolerance);
    }

    [Fact]
    public void A_negative_weight_term_is_left_out() =>
        Assert.Equal(0, LatencyCalibration.Fit(Anchors(it => it.OperatorMilliseconds - 0.02 * it.WeightMegabytes + 0.4)).MillisecondsPerWeightMegabyte);

    [Fact]
    public void No_other_coefficients_without_a_negative_one_fit_better() =>
        Gen.Select(Gen.Double[0.8, 1.2].Array[Networks.Length], Gen.Double[0, 2].Array[5], Gen.Double[1e-4, 0.5]).Sample((noise, other, step) =>
        {
            LatencyAnchor[] anchors = [.. Anchors(it => it.OperatorMilliseconds).Zip(noise, (it, factor) => it with { MeasuredMilliseconds = factor * it.MeasuredMilliseconds })];
            var fit = LatencyCalibration.Fit(anchors);
            var moved = fit with
            {
                Scale = double.Lerp(fit.Scale, other[0], step),
                MillisecondsPerWeightMegabyte = double.Lerp(fit.MillisecondsPerWeightMegabyte, other[1], step),
                MillisecondsPerMillionMultiplyAdds = double.Lerp(fit.MillisecondsPerMillionMultiplyAdds, other[2], step),
                MillisecondsPerActivationMegabyte = double.Lerp(fit.MillisecondsPerActivationMegabyte, other[3], step),
                ConstantMilliseconds = double.Lerp(fit.ConstantMilliseconds, other[4] - 1, step),
            };
            Assert.True(RelativeSquares(fit, anchors) <= RelativeSquares(moved, anchors) + Tolerance);
        });

    [Fact]
    public void No_coefficient_but_the_constant_is_ever_negative_and_the_median_error_is_no_worse_than_the_worst() =>
        AnyAnchor.Array[4, 9].Sample(anchors =>
        {
            var calibration = LatencyCalibration.Fit(anchors);
            double[] coefficients = [calibration.Scale, calibration.MillisecondsPerWeightMegabyte, calibration.MillisecondsPerMillionMultiplyAdds, calibration.MillisecondsPerActivationMegabyte];
            Assert.All(coefficients, coefficient => Assert.True(coefficient >= 0 && double.IsFinite(coefficient)));
            Assert.Contains(coefficients, coefficient => coefficient > 0);
            Assert.True(double.IsFinite(calibration.ConstantMilliseconds));
            Assert.InRange(calibration.MedianRelativeError, 0, calibration.MaximumRelativeError);
        });

    [Fact]
    public void Scaling_every_measured_time_scales_the_law() =>
        Gen.Double[0.5, 2].Array[Networks.Length].Sample(noise =>
        {
            LatencyAnchor[] anchors = [.. Networks.Zip(noise, (it, factor) => new LatencyAnchor(it, it.OperatorMilliseconds * factor))];
            var (one, three) = (LatencyCalibration.Fit(anchors), LatencyCalibration.Fit([.. anchors.Select(it => it with { MeasuredMilliseconds = 3 * it.MeasuredMilliseconds })]));
            Assert.Equal(3 * one.PredictMilliseconds(new(5, 1, 40, 4)), three.PredictMilliseconds(new(5, 1, 40, 4)), Tolerance);
            Assert.Equal(one.MaximumRelativeError, three.MaximumRelativeError, Tolerance);
        });

    [Fact]
    public void The_error_of_an_anchor_is_that_of_a_fit_without_it()
    {
        var anchors = Anchors(it => it.OperatorMilliseconds);
        anchors[2] = anchors[2] with { MeasuredMilliseconds = 2 * anchors[2].MeasuredMilliseconds };
        var without = LatencyCalibration.Fit([.. anchors.Where((_, i) => i != 2)]);
        Assert.Equal(1, without.Scale, Tolerance);
        Assert.True(LatencyCalibration.Fit(anchors).MaximumRelativeError >= 0.5 - Tolerance);
    }

    [Fact]
    public void Anchors_that_cannot_tell_terms_apart_get_the_simplest_law()
    {
        LatencyAnchor[] anchors = [.. Enumerable.Range(0, 5).Select(_ => new LatencyAnchor(new(2, 1, 40, 4), 3))];
        var calibration = LatencyCalibration.Fit(anchors);
        Assert.Equal((1.5, 0, 0, 0, 0), (Math.Round(calibration.Scale, 9), calibration.MillisecondsPerWeightMegabyte, calibration.MillisecondsPerMillionMultiplyAdds, calibration.MillisecondsPerActivationMegabyte, calibration.ConstantMilliseconds));
    }

    [Fact]
    public void Too_few_anchors_or_nonsense_are_the_caller_s_mistake()
    {
        var few = Assert.Throws<ArgumentException>(() => LatencyCalibration.Fit(Anchors(it => it.OperatorMilliseconds)[..3]));
        Assert.Contains("3 anchor networks, expected at least 4", few.Message, StringComparison.Ordinal);
        foreach (var odd in new[] { new LatencyAnchor(new(0, 1, 1, 1), 1), new(new(1, 1, 1, 1), 0), new(new(1, -1, 1, 1), 1), new(new(1, 1, -1, 1), 1), new(new(1, 1, 1, -1), 1), new(new(double.NaN, 1, 1, 1), 1), new(new(1, 1, 1, 1), double.PositiveInfinity) })
            Assert.Throws<ArgumentException>(() => LatencyCalibration.Fit([.. Anchors(it => it.OperatorMilliseconds), odd]));
    }

    [Fact]
    public void A_calibration_survives_as_json()
    {
        var calibration = LatencyCalibration.Fit(Anchors(it => 1.1 * it.OperatorMilliseconds + 0.05 * it.WeightMegabytes + 0.2 + 0.01 * Math.Sin(it.OperatorMilliseconds)));
        Assert.Equal(calibration, JsonSerializer.Deserialize<LatencyCalibration>(JsonSerializer.Serialize(calibration)));
    }

    [Fact]
    public void A_device_s_latency_is_the_calibrated_sum()
    {
        var definition = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, Classes: 10));
        var network = definition.Resolve(definition.Uniform(0.5));
        var table = MeasuredTables.Of(ProfilingPlan.For(definition, DeviceAlignment.None), signature => 1 + signature.MultiplyAdds / 1024);
        var latency = new DeviceLatency("phone", table, new(1.1, 0.2, 0.05, 0.07, 0.3, 5, 0.01, 0.02));
        Assert.Equal("latency@phone", latency.Name);
        var law = 1.1 * table.SumMilliseconds(network) + 0.2 * Parameters.Count(network) * 4 / 1e6 + 0.05 * MultiplyAdds.Count(network) / 1e6
            + 0.07 * network.Signatures.Sum(layer => layer.Output.Elements) * 4 / 1e6 + 0.3;
        Assert.Equal(law, latency.Price(network), Tolerance);
    }

    private static double RelativeSquares(LatencyCalibration calibration, IEnumerable<LatencyAnchor> anchors) =>
        anchors.Sum(it => Math.Pow(calibration.PredictMilliseconds(it.Terms) / it.MeasuredMilliseconds - 1, 2));

    private static LatencyAnchor[] Anchors(Func<LatencyTerms, double> milliseconds) => [.. Networks.Select(terms => new LatencyAnchor(terms, milliseconds(terms)))];
}
