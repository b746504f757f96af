using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Tests.Costs;

public sealed class LeastActivationTests
{
    /// <summary>Width 0.5 of ResNet-50 at 224 pixels.</summary>
    private static readonly ResolvedNetwork Residual = Half(ResNet50.Name);

    [Fact]
    public void A_chain_needs_the_input_and_the_output_of_its_worst_layer()
    {
        var network = Half(MobileNetV1.Name);
        Assert.Equal((32 + 16) * 112 * 112 * 4, LeastActivation.Bytes(network));
        Assert.Equal(PeakActivation.Bytes(network), LeastActivation.Bytes(network));
    }

    /// <summary>The first layer of the second stage reads 128 x 56 x 56 and writes 64 x 56 x 56; every sum is added in place, and its shortcut may wait.</summary>
    [Fact]
    public void An_addition_and_a_shortcut_that_may_wait_cost_nothing()
    {
        Assert.Equal((128 + 64) * 56 * 56 * 4, LeastActivation.Bytes(Residual));
        Assert.Equal(3 * 128 * 56 * 56 * 4, PeakActivation.Bytes(Residual));
    }

    [Fact]
    public void A_residual_is_held_while_its_block_runs()
    {
        var network = Half(MobileNetV2.Name, StrideLayout.Cifar, 32);
        Assert.Equal((96 + 96 + 16) * 32 * 32 * 4, PeakActivation.Bytes(network));
        Assert.Equal(PeakActivation.Bytes(network), LeastActivation.Bytes(network));
    }

    [Theory]
    [InlineData(MobileNetV1.Name)]
    [InlineData(MobileNetV2.Name)]
    [InlineData(MnasNet.Name)]
    [InlineData(ResNet50.Name)]
    [InlineData("resnet18")]
    [InlineData("mobilenet_v3_large")]
    public void It_is_never_more_than_the_peak_in_the_order_of_the_definition(string name) =>
        Assert.InRange(LeastActivation.Bytes(Half(name)), 1, PeakActivation.Bytes(Half(name)));

    [Fact]
    public void A_device_s_blocks_and_the_image_come_on_top()
    {
        var least = LeastActivation.Bytes(Residual);
        Assert.Equal(least + 3 * 224 * 224 * 4, ExpectedActivation.Bytes(Residual, DeviceAlignment.None), least * 0.007);
        Assert.True(ExpectedActivation.Bytes(Residual, alignment: 256) > 2 * least);
    }

    private static ResolvedNetwork Half(string name, StrideLayout layout = StrideLayout.Imagenet, int resolution = 224)
    {
        var definition = NetworkCatalog.Create(new(name, layout, resolution));
        return definition.Resolve(definition.Uniform(0.5));
    }
}
