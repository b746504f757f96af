using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Tests.Networks;

public sealed class BasicResNetTests
{
    /// <summary>Parameters as torchvision documents them, multiply-adds as it rounds them to the million.</summary>
    [Theory]
    [InlineData(BasicResNet.Name18, 11_689_512, 1814)]
    [InlineData(BasicResNet.Name34, 21_797_672, 3664)]
    public void Multiply_adds_and_parameters_equal_torchvision_s(string name, long parameters, long millions)
    {
        var network = Network(name).Resolve(Network(name).Uniform(1));
        Assert.Equal(parameters, Parameters.Count(network));
        Assert.Equal(millions, (long)Math.Round(MultiplyAdds.Count(network) / 1e6));
    }

    [Theory]
    [InlineData(BasicResNet.Name18, 4 + 8, 17)]
    [InlineData(BasicResNet.Name34, 4 + 16, 33)]
    public void A_stage_s_output_is_one_group_and_the_stem_is_the_first_stage_s(string name, int groups, int listed)
    {
        var network = Network(name);
        Assert.Equal(groups, network.Groups.Count);
        Assert.Equal(listed + 1, network.ToPublished(network.Widest).Count);
        var slim = network.Resolve(network.Widest.With("stage1", 24));
        Assert.All(slim.Layers.Where(layer => layer.Name is "stem" or "stage1.block0.conv2" or "stage1.block1.residual"), layer => Assert.Equal(24, layer.Output.Channels));
    }

    [Theory]
    [InlineData(BasicResNet.Name18)]
    [InlineData(BasicResNet.Name34)]
    public void Only_blocks_that_narrow_the_map_have_a_shortcut_convolution(string name) => Assert.Equal(
        ["stage2.block0.shortcut", "stage3.block0.shortcut", "stage4.block0.shortcut"],
        Network(name).Layers.Select(layer => layer.Name).Where(layer => layer.EndsWith("shortcut", StringComparison.Ordinal)));

    private static NetworkDefinition Network(string name) => NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 224));
}
