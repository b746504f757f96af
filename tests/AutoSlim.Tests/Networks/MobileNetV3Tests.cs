using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Tests.Networks;

public sealed class MobileNetV3Tests
{
    /// <summary>Parameters as torchvision documents them, multiply-adds as it rounds them to the million.</summary>
    [Theory]
    [InlineData(MobileNetV3.LargeName, 5_483_032, 217)]
    [InlineData(MobileNetV3.SmallName, 2_542_856, 57)]
    public void Multiply_adds_and_parameters_equal_torchvision_s(string name, long parameters, long millions)
    {
        var network = Network(name).Resolve(Network(name).Uniform(1));
        Assert.Equal(parameters, Parameters.Count(network));
        Assert.Equal(millions, (long)Math.Round(MultiplyAdds.Count(network) / 1e6));
    }

    [Fact]
    public void Outputs_joined_by_a_residual_are_one_group_and_only_they()
    {
        var network = Network(MobileNetV3.LargeName);
        var slim = network.Resolve(network.Widest.With("stem", 8).With("block1", 24).With("block12", 40));
        string[] narrowed = [.. slim.Layers.Where(layer => layer.Layer is Convolution).Zip(network.Resolve(network.Widest).Layers.Where(layer => layer.Layer is Convolution))
            .Where(pair => pair.First.Output != pair.Second.Output).Select(pair => pair.First.Name)];
        Assert.Equal(["stem", "block0.project", "block1.project", "block2.project", "block12.project", "block13.project", "block14.project"], narrowed);
    }

    [Fact]
    public void Squeezing_has_groups_of_its_own_and_exciting_has_the_expansion_s()
    {
        var network = Network(MobileNetV3.SmallName);
        var slim = network.Resolve(network.Widest.With("block4.squeeze", 16).With("block4.expand", 120));
        var layers = slim.Layers.ToDictionary(layer => layer.Name);
        Assert.Equal(16, layers["block4.squeeze"].Output.Channels);
        Assert.All(["block4.expand", "block4.depthwise", "block4.excite", "block4.scale"], name => Assert.Equal(120, layers[name].Output.Channels));
    }

    private static NetworkDefinition Network(string name) => NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 224));
}
