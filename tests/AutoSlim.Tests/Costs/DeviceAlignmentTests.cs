using AutoSlim.Costs;
using AutoSlim.Networks;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class DeviceAlignmentTests
{
    private static readonly Gen<double> Overhead = Gen.Double[0, 100];
    private static readonly Gen<double[]> Noise = Gen.Double[0.98, 1.02].Array[DeviceAlignment.Probes.Count];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 1)]
    [InlineData(8, 1)]
    [InlineData(16, 16)]
    [InlineData(32, 32)]
    public void Blocks_wider_than_the_grid_are_found_whatever_a_run_costs_besides_and_through_noise(int block, int alignment) =>
        Gen.Select(Overhead, Noise).Sample((overhead, noise) =>
            Assert.Equal(alignment, DeviceAlignment.Of(Table(width => overhead + noise[(width - 64) / 8] * FilledUp(width, block)))));

    [Fact]
    public void A_device_that_loses_time_by_filling_up_is_aligned_too() =>
        Assert.Equal(16, DeviceAlignment.Of(Table(width => FilledUp(width, 16) * (width % 16 == 0 ? 1 : 1.2))));

    [Fact]
    public void A_device_whose_time_does_not_grow_with_width_tells_nothing() =>
        Assert.Equal(DeviceAlignment.None, DeviceAlignment.Of(Table(_ => 5)));

    [Fact]
    public void Nothing_is_known_before_the_last_probe()
    {
        var table = MeasuredTables.Of(DeviceAlignment.Probes.Skip(1), signature => FilledUp(signature.OutputChannels, 16));
        Assert.Null(DeviceAlignment.Of(table));
        Assert.Equal(DeviceAlignment.None, table.Alignment);
    }

    [Fact]
    public void No_network_has_operators_of_the_probes_shape()
    {
        var maps = NetworkCatalog.Names.SelectMany(name => NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 224)) is var network ? network.Resolve(network.Widest).Signatures : []);
        Assert.DoesNotContain(maps, signature => signature.Input.Height == DeviceAlignment.Probes[0].Input.Height);
    }

    [Fact]
    public void A_device_that_fills_up_is_priced_exactly_at_every_width_of_the_published_grid()
    {
        var definition = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 28, InputChannels: 1, Classes: 10));
        var table = MeasuredTables.Of(DeviceAlignment.Probes.Concat(ProfilingPlan.For(definition, 16)), FilledUpCost);
        Assert.Equal(16, table.Alignment);
        var random = new SplitMix64(7);
        for (var draw = 0; draw < 200; draw++)
        {
            var channels = definition.Groups.Select(group => KeyValuePair.Create(group.Name, group.Grid[random.Below(group.Grid.Count)]));
            Assert.All(definition.Resolve(new(channels)).Signatures, signature => Assert.Equal(FilledUpCost(signature), table.PriceMicroseconds(signature), 1e-9));
        }
    }

    private static CostTable Table(Func<int, double> microseconds) => MeasuredTables.Of(DeviceAlignment.Probes, signature => microseconds(signature.OutputChannels));

    /// <summary>Bilinear in what the device makes of widths, but for the classes and the image's channels, which stay as they are.</summary>
    private static double FilledUpCost(LayerSignature signature)
    {
        var (input, output) = (FilledUp(signature.Input.Channels, 16), FilledUp(signature.OutputChannels, 16));
        return 1 + (signature.KeepsChannels ? input : input * output) / 1024.0;
    }

    private static int FilledUp(int width, int block) => (width + block - 1) / block * block;
}
