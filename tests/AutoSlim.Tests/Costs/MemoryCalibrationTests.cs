using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Tests.Slimming;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class MemoryCalibrationTests
{
    private const double Tolerance = 1e-9;

    private static readonly double[] Expected = [1e6, 2e6, 3.5e6, 6e6, 9e6];

    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Cifar, 32, Classes: 10));

    [Theory]
    [InlineData(1, 0.2e6)]
    [InlineData(1.3, 0)]
    public void It_finds_the_law_that_made_the_memories(double scale, double constant)
    {
        var calibration = MemoryCalibration.Fit(Anchors(bytes => scale * bytes + constant));
        Assert.Equal(scale, calibration.Scale, Tolerance);
        Assert.Equal(constant, calibration.ConstantBytes, 0.01);
        Assert.InRange(calibration.MaximumRelativeError, 0, Tolerance);
        Assert.Equal(scale * 5e6 + constant, calibration.PredictBytes(5e6), 0.01);
        Assert.Equal(Expected.Length, calibration.Anchors);
    }

    [Fact]
    public void A_constant_below_0_is_left_out() => Assert.Equal(0, MemoryCalibration.Fit(Anchors(bytes => bytes - 0.2e6)).ConstantBytes);

    [Fact]
    public void Equal_anchors_get_a_scale_alone()
    {
        var calibration = MemoryCalibration.Fit([.. Enumerable.Repeat(new MemoryAnchor(2e6, 3e6), 4)]);
        Assert.Equal((1.5, 0.0), (Math.Round(calibration.Scale, 9), calibration.ConstantBytes));
    }

    [Fact]
    public void The_bound_is_the_worst_anchor_predicted_from_the_others()
    {
        var anchors = Anchors(bytes => bytes);
        anchors[2] = anchors[2] with { MeasuredBytes = 2 * anchors[2].MeasuredBytes };
        var calibration = MemoryCalibration.Fit(anchors);
        Assert.Equal(1, MemoryCalibration.Fit([.. anchors.Where((_, i) => i != 2)]).Scale, Tolerance);
        Assert.True(calibration.MaximumRelativeError >= 0.5 - Tolerance);
        Assert.InRange(calibration.MedianRelativeError, 0, calibration.MaximumRelativeError);
    }

    [Fact]
    public void No_law_has_a_negative_term() =>
        Gen.Select(Gen.Double[1e5, 1e8], Gen.Double[1e5, 1e8], (expected, measured) => new MemoryAnchor(expected, measured)).Array[4, 9].Sample(anchors =>
        {
            var calibration = MemoryCalibration.Fit(anchors);
            Assert.True(calibration.Scale >= 0 && calibration.ConstantBytes >= 0 && double.IsFinite(calibration.MaximumRelativeError));
        });

    [Fact]
    public void Too_few_anchors_or_nonsense_are_the_caller_s_mistake()
    {
        var few = Assert.Throws<ArgumentException>(() => MemoryCalibration.Fit(Anchors(bytes => bytes)[..3]));
        Assert.Contains("3 measured networks, expected at least 4", few.Message, StringComparison.Ordinal);
        foreach (var odd in new[] { new MemoryAnchor(0, 1), new(1, 0), new(double.NaN, 1), new(1, double.PositiveInfinity) })
            Assert.Throws<ArgumentException>(() => MemoryCalibration.Fit([.. Anchors(bytes => bytes), odd]));
    }

    [Fact]
    public void A_device_s_memory_is_the_law_but_never_below_what_must_be_alive()
    {
        var network = Network.Resolve(Network.Uniform(0.5));
        var memory = new DeviceMemory("phone", 16, new(1.1, 0.3e6, 5, 0.01, 0.02));
        Assert.Equal("memory@phone", memory.Name);
        Assert.Equal(1.1 * ExpectedActivation.Bytes(network, 16) + 0.3e6, memory.Price(network), 1e-3);
        Assert.Equal(LeastActivation.Bytes(network), new DeviceMemory("phone", 16, new(0.1, 0, 5, 0.01, 0.02)).Price(network));
    }

    /// <summary>Many layers of these networks are equal: a maximum alone would not fall when one of them gets smaller, and the search would end.</summary>
    [Theory]
    [InlineData(MobileNetV1.Name)]
    [InlineData(MobileNetV2.Name)]
    [InlineData("resnet18")]
    public void A_search_gets_down_to_half_of_the_widest_network_s_memory(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Cifar, 32, Classes: 10));
        var memory = new DeviceMemory("box", 16, new(1, 0.2e6, 8, 0, 0));
        var half = new Budget("memory@box", memory.Price(definition.Resolve(definition.Widest)) / 2);
        var steps = new GreedySlimmer(definition, [new("half", [half])], [memory], new() { Alignment = 16 }).Run(new SyntheticScores(definition, 7).Delegate, []);
        Assert.InRange(steps.Last().Cost["memory@box"], half.Limit * 0.7, half.Limit);
    }

    private static MemoryAnchor[] Anchors(Func<double, double> measured) => [.. Expected.Select(bytes => new MemoryAnchor(bytes, measured(bytes)))];
}
