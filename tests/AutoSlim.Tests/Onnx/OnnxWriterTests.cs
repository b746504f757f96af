using System.Security.Cryptography;
using AutoSlim.Networks;
using AutoSlim.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace AutoSlim.Tests.Onnx;

public sealed class OnnxWriterTests
{
    private const int Batch = 2;
    private const double Tolerance = 1e-4;

    public static MatrixTheoryData<string, string, StrideLayout> Cases =>
        new(NetworkCatalog.Names, ["widest", "narrowest", "random"], [StrideLayout.Imagenet, StrideLayout.Cifar]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void ONNX_Runtime_agrees_with_plain_loops(string name, string width, StrideLayout layout)
    {
        var network = Resolve(name, width, layout);
        var weights = RandomWeights.For(network);
        var images = Enumerable.Range(0, Batch).Select(i => RandomValues.Of(network.Input.Elements, (ulong)i)).ToList();
        var (shape, logits) = RuntimeModel.Run(OnnxWriter.Write(network, weights), Batch, [.. images.SelectMany(image => image)]);
        float[] expected = [.. images.SelectMany(image => NaiveNetwork.Run(network, weights, image))];
        Assert.Equal([Batch, network.Definition.Specification.Classes], shape);
        Assert.All(expected.Zip(logits), it => Assert.Equal(it.First, it.Second, Tolerance));
        Assert.True(logits.Distinct().Count() > 10, "the logits do not depend on the input");
    }

    [Fact]
    public void The_metadata_says_what_the_model_is()
    {
        var network = Resolve(MobileNetV1.Name, "narrowest", StrideLayout.Cifar);
        using var session = new InferenceSession(OnnxWriter.Write(network, RandomWeights.For(network)));
        var metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal((MobileNetV1.Name, "cifar", "8"), (metadata["network"], metadata["layout"], metadata["resolution"]));
        Assert.Equal(network.Definition.ToPublished(network.Configuration), metadata["channels"].Split(',').Select(int.Parse));
        Assert.Equal(["batch", "", "", ""], session.InputMetadata["input"].SymbolicDimensions);
        Assert.Equal([-1, 10], session.OutputMetadata["logits"].Dimensions);
    }

    /// <summary>A residual belongs to the architecture: equal widths must not create one.</summary>
    [Theory]
    [InlineData(MobileNetV2.Name)]
    [InlineData(MnasNet.Name)]
    [InlineData(ResNet50.Name)]
    public void Equal_neighbours_grow_no_additions(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 32, MaximumWidth: 1));
        var common = definition.Groups.Max(group => group.Minimum);
        var equal = new ChannelConfiguration(definition.Groups.Select(group => KeyValuePair.Create(group.Name, Math.Min(common, group.Maximum))));
        var network = definition.Resolve(equal);
        var nodes = RuntimeModel.Parse(OnnxWriter.Write(network, RandomWeights.For(network))).Graph.Node;
        Assert.Equal(name == ResNet50.Name ? 16 : 10, nodes.Count(node => node.OpType == "Add"));
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes()
    {
        byte[] Write()
        {
            var network = Resolve(MobileNetV2.Name, "narrowest", StrideLayout.Imagenet);
            return OnnxWriter.Write(network, RandomWeights.For(network));
        }

        Assert.Equal(Write(), Write());
        Assert.Equal("7341298952c98980e07a97e7066825d2587a5a445d81075186808c55ef279c5c", Convert.ToHexStringLower(SHA256.HashData(Write())));
    }

    [Fact]
    public void All_layers_with_wrong_weights_are_named()
    {
        var network = Resolve(MobileNetV1.Name, "narrowest", StrideLayout.Imagenet);
        var weights = RandomWeights.For(network);
        weights.Remove("stem");
        weights["classifier"] = new(new float[3], new float[10]);
        var exception = Assert.Throws<ArgumentException>(() => OnnxWriter.Write(network, weights));
        Assert.Contains("layer 'stem' has no weights", exception.Message, StringComparison.Ordinal);
        Assert.Contains("layer 'classifier' has 3 kernel and 10 bias elements, expected 10x152 and 10", exception.Message, StringComparison.Ordinal);
    }

    private static ResolvedNetwork Resolve(string name, string width, StrideLayout layout)
    {
        var (resolution, inputChannels) = layout == StrideLayout.Cifar ? (8, 1) : (32, 3);
        var definition = NetworkCatalog.Create(new(name, layout, resolution, inputChannels, Classes: 10));
        return definition.Resolve(width switch { "widest" => definition.Widest, "narrowest" => definition.Narrowest, _ => RandomWidths(definition) });
    }

    /// <summary>Any number of channels, not only multiples of 8.</summary>
    private static ChannelConfiguration RandomWidths(NetworkDefinition definition)
    {
        var random = new SplitMix64(5);
        return new(definition.Groups.Select(group => KeyValuePair.Create(group.Name, group.Minimum + random.Below(group.Maximum - group.Minimum + 1))));
    }
}
