using AutoSlim.Networks;

namespace AutoSlim.Onnx;

/// <summary>The kernel shape of a layer that has weights.</summary>
internal static class WeightShape
{
    public static bool Has(LayerSignature signature) =>
        signature.Kind is OperatorKind.Convolution or OperatorKind.DepthwiseConvolution or OperatorKind.Linear or OperatorKind.BiasedPointwise;

    public static long[] Of(LayerSignature signature) => signature.Kind switch
    {
        OperatorKind.Convolution or OperatorKind.BiasedPointwise => [signature.OutputChannels, signature.Input.Channels, signature.Kernel, signature.Kernel],
        OperatorKind.DepthwiseConvolution => [signature.OutputChannels, 1, signature.Kernel, signature.Kernel],
        OperatorKind.Linear => [signature.OutputChannels, signature.Input.Channels],
        _ => throw new ArgumentException($"{signature.Kind} has no weights", nameof(signature)),
    };

    public static long Elements(LayerSignature signature) => Of(signature).Aggregate(1L, (product, size) => product * size);

    /// <exception cref="ArgumentException">With every layer whose weights are missing or of the wrong length.</exception>
    public static void Check(ResolvedNetwork network, IReadOnlyDictionary<string, FoldedWeights> weights)
    {
        var problems = network.Layers.Where(layer => Has(layer.Signature)).Select(layer => Problem(layer, weights)).OfType<string>().ToList();
        if (problems.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems), nameof(weights));
    }

    private static string? Problem(ResolvedLayer layer, IReadOnlyDictionary<string, FoldedWeights> weights)
    {
        if (!weights.TryGetValue(layer.Name, out var found)) return $"layer '{layer.Name}' has no weights";
        if (found.Kernel.LongLength == Elements(layer.Signature) && found.Bias.Length == layer.Signature.OutputChannels) return null;
        return $"layer '{layer.Name}' has {found.Kernel.Length} kernel and {found.Bias.Length} bias elements, " +
            $"expected {string.Join("x", Of(layer.Signature))} and {layer.Signature.OutputChannels}";
    }
}
