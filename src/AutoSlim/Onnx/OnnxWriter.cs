using AutoSlim.Networks;

namespace AutoSlim.Onnx;

/// <summary>
/// A slim network as an ONNX model (IR 8, opset 17): input "input" [batch, channels, height, width], output "logits" [batch, classes],
/// and the network's name, layout, resolution and published channel list in the metadata.
/// </summary>
public static class OnnxWriter
{
    public const string OutputName = "logits";

    private static readonly OnnxDimension AnyBatch = OnnxDimension.Named("batch");

    /// <param name="network">What to write.</param>
    /// <param name="weights">By layer name, for every convolution and linear layer.</param>
    /// <exception cref="ArgumentException">With every layer whose weights are missing or of the wrong length.</exception>
    public static byte[] Write(ResolvedNetwork network, IReadOnlyDictionary<string, FoldedWeights> weights) => Write(network, weights, AnyBatch);

    internal static byte[] Write(ResolvedNetwork network, IReadOnlyDictionary<string, FoldedWeights> weights, OnnxDimension batch)
    {
        WeightShape.Check(network, weights);
        var graph = new OnnxGraph(network.Definition.Name);
        graph.Input(NetworkDefinition.InputName, batch, network.Input.Channels, network.Input.Height, network.Input.Width);
        var last = network.Layers[^1];
        foreach (var layer in network.Layers)
            LayerNodes.Append(
                graph, layer.Name, layer.Signature, layer.Layer.Inputs, layer == last ? OutputName : layer.Name, weights.GetValueOrDefault(layer.Name));
        graph.Output(OutputName, batch, last.Output.Channels);
        Describe(graph, network);
        return graph.ToBytes();
    }

    private static void Describe(OnnxGraph graph, ResolvedNetwork network)
    {
        var specification = network.Definition.Specification;
        graph.Metadata("network", specification.Network);
        graph.Metadata("layout", specification.Layout.ToString().ToLowerInvariant());
        graph.Metadata("resolution", $"{specification.Resolution}");
        graph.Metadata("channels", string.Join(",", network.Definition.ToPublished(network.Configuration)));
    }
}
