using AutoSlim.Networks;

namespace AutoSlim.Training.Supernets;

/// <summary>The names and shapes of a network's weights, without the weights: what a <see cref="WeightStore"/> of it has, in its order.</summary>
internal static class WeightShapes
{
    public static OrderedDictionary<string, long[]> Of(ResolvedNetwork network) => new(network.Layers.SelectMany(Of));

    private static IEnumerable<KeyValuePair<string, long[]>> Of(ResolvedLayer layer)
    {
        var signature = layer.Signature;
        long output = signature.OutputChannels, input = signature.Input.Channels, kernel = signature.Kernel;
        return signature.Kind switch
        {
            OperatorKind.Convolution => Named(layer, [output, input, kernel, kernel], [output], "gamma", "beta"),
            OperatorKind.DepthwiseConvolution => Named(layer, [output, 1, kernel, kernel], [output], "gamma", "beta"),
            OperatorKind.Linear or OperatorKind.BiasedPointwise => Named(layer, [output, input], [output], "bias"),
            _ => [],
        };
    }

    private static IEnumerable<KeyValuePair<string, long[]>> Named(ResolvedLayer layer, long[] weight, long[] vector, params string[] vectors) =>
        [new($"{layer.Name}.weight", weight), .. vectors.Select(name => KeyValuePair.Create($"{layer.Name}.{name}", vector))];
}
