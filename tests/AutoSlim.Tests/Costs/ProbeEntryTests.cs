using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Profiling;

namespace AutoSlim.Tests.Costs;

public sealed class ProbeEntryTests
{
    private const int WidestTried = 48;

    [Fact]
    public void Operators_share_a_context_exactly_when_its_bytes_are_the_same()
    {
        var definitions = NetworkCatalog.Names.Select(name => NetworkCatalog.Create(new(name, StrideLayout.Cifar, 32, Classes: 10)));
        var signatures = definitions.SelectMany(definition => ProfilingPlan.For(definition, DeviceAlignment.None)).Where(signature => signature.Input.Channels <= WidestTried).Distinct().ToList();
        var contexts = signatures.Select(signature => (ProbeEntry.Context(signature).Name, Hash: ContentHash.Of(ProbeModel.ContextOnly(signature)))).Distinct().ToList();
        Assert.Distinct(contexts.Select(context => context.Name));
        Assert.Distinct(contexts.Select(context => context.Hash));
        Assert.InRange(contexts.Count, 2, signatures.Count / 3);
    }

    [Theory]
    [InlineData("Convolution 48x14x14 to 96 k1 s1 p0 Relu6", "context 48x14x14")]
    [InlineData("DepthwiseConvolution 48x14x14 to 48 k5 s2 p2 Relu", "context 48x14x14")]
    [InlineData("Addition 48x14x14 to 48 k1 s1 p0 None", "context 48x14x14 Addition")]
    public void Names_are_stable(string name, string context)
    {
        var signature = LayerSignature.Parse(name);
        Assert.Equal(name, ProbeEntry.Operator(signature).Name);
        Assert.Equal(context, ProbeEntry.Context(signature).Name);
        Assert.Equal(signature, ProbeEntry.OperatorNamed(name));
        Assert.Null(ProbeEntry.OperatorNamed(context));
    }

    [Theory]
    [InlineData("Convolution 48x14x14 to 96 k1 s0 p0 Relu6")]
    [InlineData("Convolution 48x14x14 to 96 k0 s1 p0 Relu6")]
    [InlineData("Convolution 0x14x14 to 96 k1 s1 p0 Relu6")]
    [InlineData("Convolution 48x14x0 to 96 k1 s1 p0 Relu6")]
    [InlineData("Convolution 48x14x14 to 0 k1 s1 p0 Relu6")]
    public void An_operator_of_no_size_is_none(string name) => Assert.Throws<FormatException>(() => LayerSignature.Parse(name));

    [Fact]
    public void Entries_hold_the_probe_models()
    {
        var signature = LayerSignature.Parse("Convolution 8x4x4 to 16 k1 s1 p0 Relu6");
        Assert.Equal(ProbeModel.InContext(signature), ProbeEntry.Operator(signature).Model());
        Assert.Equal(ProbeModel.ContextOnly(signature), ProbeEntry.Context(signature).Model());
    }

    [Fact]
    public void A_network_is_named_by_what_decides_it()
    {
        var definition = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Imagenet, 28, InputChannels: 1, Classes: 10));
        var network = definition.Resolve(definition.Uniform(0.25));
        var entry = ProbeEntry.Network(network);
        Assert.Equal($"network mobilenet_v1 imagenet 1x28x28 {string.Join(',', definition.ToPublished(definition.Uniform(0.25)))}", entry.Name);
        Assert.EndsWith(",10", entry.Name, StringComparison.Ordinal);
        Assert.Equal(ProbeModel.ForNetwork(network), entry.Model());
        Assert.Null(ProbeEntry.OperatorNamed(entry.Name));
        Assert.Equal(network.Configuration, ProbeEntry.NetworkNamed(definition, entry.Name));
    }

    [Theory]
    [InlineData("network mobilenet_v1 imagenet 1x32x32 8,16,32,32,64,64,128,128,128,128,128,128,256,256,10")]
    [InlineData("network mobilenet_v1 imagenet 1x28x28 8,16")]
    [InlineData("network mobilenet_v1 imagenet 1x28x28 a,b")]
    [InlineData("network mobilenet_v1 imagenet 1x28x28 ")]
    [InlineData("context 8x4x4")]
    public void What_is_no_configuration_of_a_network_names_none(string name) =>
        Assert.Null(ProbeEntry.NetworkNamed(NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Imagenet, 28, InputChannels: 1, Classes: 10)), name));
}
