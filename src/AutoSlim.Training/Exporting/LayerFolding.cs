using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Exporting;

/// <summary>Takes the weights of a slim network out of the wide one, batch norm folded into the convolutions.</summary>
internal static class LayerFolding
{
    public static Dictionary<string, FoldedWeights> Fold(ResolvedNetwork slim, WeightStore store, BatchNormStatistics statistics)
    {
        using var scope = NewDisposeScope();
        var weights = WeightSlices.Views(store);
        var folded = BatchNorm.NormalisedLayers(slim).ToDictionary(layer => layer.Name, layer => Convolution(layer, weights, statistics));
        foreach (var layer in slim.Layers.Where(layer => layer.Signature.Kind is OperatorKind.Linear or OperatorKind.BiasedPointwise)) folded.Add(layer.Name, Linear(layer, weights));
        return folded;
    }

    private static FoldedWeights Convolution(ResolvedLayer layer, WeightSlices weights, BatchNormStatistics statistics)
    {
        var (mean, variance) = statistics.Layers[layer.Name];
        return BatchNormFolding.Fold(
            Elements(weights.Kernel(layer)), Elements(weights.Gamma(layer)), Elements(weights.Beta(layer)), Elements(mean), Elements(variance),
            SlimmableNetwork.BatchNormEpsilon);
    }

    private static FoldedWeights Linear(ResolvedLayer layer, WeightSlices weights) =>
        new(Elements(weights.Kernel(layer)), Elements(weights.Bias(layer)));

    /// <summary>In rows of the logical shape, whatever the layout in memory.</summary>
    private static float[] Elements(Tensor tensor) => tensor.detach().cpu().contiguous().data<float>().ToArray();
}
