using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Exporting;

/// <summary>Takes the weights of a slim network out of the wide one, batch norm folded into the convolutions.</summary>
internal static class LayerFolding
{
    public static Dictionary<string, FoldedWeights> Fold(ResolvedNetwork slim, WeightStore weights, BatchNormStatistics statistics)
    {
        using var scope = NewDisposeScope();
        var folded = BatchNorm.NormalisedLayers(slim).ToDictionary(layer => layer.Name, layer => Convolution(layer, weights, statistics));
        foreach (var layer in slim.Layers.Where(layer => layer.Signature.Kind == OperatorKind.Linear)) folded.Add(layer.Name, Linear(layer, weights));
        return folded;
    }

    private static FoldedWeights Convolution(ResolvedLayer layer, WeightStore weights, BatchNormStatistics statistics)
    {
        var (mean, variance) = statistics.Layers[layer.Name];
        var gamma = weights[$"{layer.Name}.gamma"].narrow(0, 0, layer.Output.Channels);
        var beta = weights[$"{layer.Name}.beta"].narrow(0, 0, layer.Output.Channels);
        return BatchNormFolding.Fold(
            Elements(weights.Kernel(layer)), Elements(gamma), Elements(beta), Elements(mean), Elements(variance), SlimmableNetwork.BatchNormEpsilon);
    }

    private static FoldedWeights Linear(ResolvedLayer layer, WeightStore weights) =>
        new(Elements(weights.Kernel(layer)), Elements(weights[$"{layer.Name}.bias"]));

    /// <summary>In rows of the logical shape, whatever the layout in memory.</summary>
    private static float[] Elements(Tensor tensor) => tensor.detach().cpu().contiguous().data<float>().ToArray();
}
