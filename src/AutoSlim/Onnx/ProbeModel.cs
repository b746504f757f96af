using AutoSlim.Networks;

namespace AutoSlim.Onnx;

/// <summary>
/// Models that exist to be timed: batch 1, fixed random weights, output "output". A convolution measured alone pays two changes of
/// memory layout that it does not pay inside a network, so its time there is <see cref="InContext"/> minus <see cref="ContextOnly"/>.
/// </summary>
public static class ProbeModel
{
    public const string OutputName = "output";

    private const string Target = "target";

    /// <summary>One fused operator. Its inputs are "input" and, where it reads two, "other".</summary>
    public static byte[] For(LayerSignature signature)
    {
        var graph = new OnnxGraph(Target);
        string[] inputs = signature.ReadsTwo ? [NetworkDefinition.InputName, "other"] : [NetworkDefinition.InputName];
        graph.Input(inputs[0], Dimensions(signature.Input));
        if (signature.ReadsTwo) graph.Input(inputs[1], Dimensions(Second(signature)));
        Append(graph, Target, signature, inputs, OutputName, item: 0);
        return Finish(graph, signature);
    }

    /// <summary>Does nothing: what a run costs before any operator.</summary>
    public static byte[] Empty()
    {
        var graph = new OnnxGraph("empty");
        graph.Input(NetworkDefinition.InputName, 1, 1, 1, 1);
        graph.Node("Identity", OutputName, [NetworkDefinition.InputName]);
        graph.Output(OutputName, 1, 1, 1, 1);
        return graph.ToBytes();
    }

    /// <summary>A whole network, for checking that the sum of its parts is its time.</summary>
    public static byte[] ForNetwork(ResolvedNetwork network) => OnnxWriter.Write(network, RandomWeights.For(network), batch: 1);

    /// <summary>The operator behind a 1x1 convolution that hands it its input, and before a pooling that takes its output.</summary>
    public static byte[] InContext(LayerSignature signature) => ProbeContext.With(signature);

    /// <summary>The surroundings of <see cref="InContext"/> without the operator.</summary>
    public static byte[] ContextOnly(LayerSignature signature) => ProbeContext.Without(signature);

    internal static void Append(OnnxGraph graph, string name, LayerSignature signature, IReadOnlyList<string> inputs, string output, int item) =>
        LayerNodes.Append(graph, name, signature, inputs, output, WeightShape.Has(signature) ? RandomWeights.For(signature, item) : null);

    internal static byte[] Finish(OnnxGraph graph, LayerSignature last)
    {
        graph.Output(OutputName, last.Kind == OperatorKind.Linear ? [1, last.OutputChannels] : Dimensions(last.Output));
        return graph.ToBytes();
    }

    /// <summary>The shape of the second tensor that an operator reads; of the first where there is none.</summary>
    internal static TensorShape Second(LayerSignature signature) =>
        signature.Kind == OperatorKind.Scaling ? signature.Input with { Height = 1, Width = 1 } : signature.Input;

    internal static OnnxDimension[] Dimensions(TensorShape shape) => [1, shape.Channels, shape.Height, shape.Width];
}
