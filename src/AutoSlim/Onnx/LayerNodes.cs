using AutoSlim.Networks;

namespace AutoSlim.Onnx;

/// <summary>Writes one fused layer as ONNX nodes: the operator and, where there is one, its activation.</summary>
internal static class LayerNodes
{
    private const float Relu6Maximum = 6;
    private const float HardSigmoidSlope = 1f / 6;
    private const float HardSigmoidCentre = 0.5f;

    /// <param name="graph">Where the nodes go.</param>
    /// <param name="layer">Prefix of the names of its weights and inner tensors.</param>
    /// <param name="signature">What it is.</param>
    /// <param name="inputs">Tensors it reads.</param>
    /// <param name="output">The tensor it writes.</param>
    /// <param name="weights">Null for a layer without weights.</param>
    public static void Append(
        OnnxGraph graph, string layer, LayerSignature signature, IReadOnlyList<string> inputs, string output, FoldedWeights? weights)
    {
        var sum = signature.Activation == Activation.None ? output : $"{layer}.sum";
        Operator(graph, layer, signature, inputs, sum, weights);
        Activated(graph, signature.Activation, sum, output);
    }

    private static void Activated(OnnxGraph graph, Activation activation, string sum, string output)
    {
        switch (activation)
        {
            case Activation.None: break;
            case Activation.Relu: graph.Node("Relu", output, [sum]); break;
            case Activation.Relu6: graph.Node("Clip", output, [sum, Limit(graph, "relu6.minimum", 0), Limit(graph, "relu6.maximum", Relu6Maximum)]); break;
            case Activation.HardSwish: graph.Node("HardSwish", output, [sum]); break;
            case Activation.HardSigmoid: graph.Node("HardSigmoid", output, [sum], OnnxAttribute.Of("alpha", HardSigmoidSlope), OnnxAttribute.Of("beta", HardSigmoidCentre)); break;
            default: throw new ArgumentException($"activation {activation} is unknown", nameof(activation));
        }
    }

    private static void Operator(OnnxGraph graph, string layer, LayerSignature signature, IReadOnlyList<string> inputs, string output, FoldedWeights? weights)
    {
        switch (signature.Kind)
        {
            case OperatorKind.Convolution: Convolution(groups: 1); break;
            case OperatorKind.DepthwiseConvolution: Convolution(groups: signature.OutputChannels); break;
            case OperatorKind.BiasedPointwise: Convolution(groups: 1); break;
            case OperatorKind.Scaling: graph.Node("Mul", output, inputs); break;
            case OperatorKind.Addition: graph.Node("Add", output, inputs); break;
            case OperatorKind.MaxPooling: graph.Node("MaxPool", output, inputs, Window(signature)); break;
            case OperatorKind.GlobalAveragePooling: graph.Node("GlobalAveragePool", output, inputs); break;
            case OperatorKind.Linear: Linear(); break;
            default: throw new ArgumentException($"layer '{layer}' is of an unknown kind {signature.Kind}", nameof(signature));
        }

        void Convolution(int groups) => graph.Node(
            "Conv", output, [inputs[0], .. Weights(graph, layer, signature, weights)], [OnnxAttribute.Of("group", groups), .. Window(signature)]);

        void Linear()
        {
            graph.Node("Flatten", $"{layer}.flat", inputs);
            graph.Node("Gemm", output, [$"{layer}.flat", .. Weights(graph, layer, signature, weights)], OnnxAttribute.Of("transB", 1));
        }
    }

    private static Proto.AttributeProto[] Window(LayerSignature signature) =>
    [
        OnnxAttribute.Of("kernel_shape", signature.Kernel, signature.Kernel),
        OnnxAttribute.Of("pads", signature.Padding, signature.Padding, signature.Padding, signature.Padding),
        OnnxAttribute.Of("strides", signature.Stride, signature.Stride),
    ];

    private static string[] Weights(OnnxGraph graph, string layer, LayerSignature signature, FoldedWeights? weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return
        [
            graph.Constant($"{layer}.weight", WeightShape.Of(signature), weights.Kernel),
            graph.Constant($"{layer}.bias", [signature.OutputChannels], weights.Bias),
        ];
    }

    private static string Limit(OnnxGraph graph, string name, float value) => graph.Constant(name, [], [value]);
}
