using AutoSlim.Networks;

namespace AutoSlim.Onnx;

/// <summary>
/// Surroundings in which an operator meets the memory layout that it meets inside a network. Two models that differ in the operator
/// alone: lead, operator, end; and lead, end.
/// </summary>
internal static class ProbeContext
{
    private const string Lead = "lead";
    private const string Branch = "branch";
    private const string Target = "target";
    private const string End = "end";

    public static byte[] With(LayerSignature signature)
    {
        var graph = new OnnxGraph("in-context");
        var inputs = Leads(graph, signature);
        if (signature.Kind == OperatorKind.Linear)
        {
            ProbeModel.Append(graph, Target, signature, inputs, ProbeModel.OutputName, item: 0);
            return ProbeModel.Finish(graph, signature);
        }

        ProbeModel.Append(graph, Target, signature, inputs, Target, item: 0);
        return Ended(graph, Target, signature.Output);
    }

    public static byte[] Without(LayerSignature signature)
    {
        var graph = new OnnxGraph("context");
        return Ended(graph, Leads(graph, signature)[^1], ProbeModel.Second(signature));
    }

    /// <summary>What the operator reads. An addition joins its branch's start and end, as a residual does; factors are means of what they scale.</summary>
    private static string[] Leads(OnnxGraph graph, LayerSignature signature)
    {
        graph.Input(NetworkDefinition.InputName, ProbeModel.Dimensions(signature.Input));
        var pointwise = new LayerSignature(OperatorKind.Convolution, signature.Input, signature.Input.Channels);
        ProbeModel.Append(graph, Lead, pointwise, [NetworkDefinition.InputName], Lead, item: 1);
        if (!signature.ReadsTwo) return [Lead];
        var branch = signature.Kind == OperatorKind.Addition ? pointwise : new(OperatorKind.GlobalAveragePooling, signature.Input, signature.Input.Channels);
        ProbeModel.Append(graph, Branch, branch, [Lead], Branch, item: 2);
        return [Lead, Branch];
    }

    /// <summary>
    /// Takes one pixel, so that the end costs the same wherever it stands and the layout need not change back on a whole map. (A mean
    /// over the map would cost more before a strided operator than behind it.)
    /// </summary>
    private static byte[] Ended(OnnxGraph graph, string tensor, TensorShape shape)
    {
        var end = new LayerSignature(OperatorKind.MaxPooling, shape, shape.Channels, Stride: Math.Max(shape.Height, shape.Width));
        ProbeModel.Append(graph, End, end, [tensor], ProbeModel.OutputName, item: 0);
        return ProbeModel.Finish(graph, end);
    }
}
