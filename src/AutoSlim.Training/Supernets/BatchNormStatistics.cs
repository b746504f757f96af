using AutoSlim.Networks;
using static TorchSharp.torch;

namespace AutoSlim.Training.Supernets;

/// <summary>Stored mean and variance of every normalised layer, for one configuration only.</summary>
public sealed class BatchNormStatistics : BatchNorm, IDisposable
{
    private readonly Dictionary<string, (Tensor Mean, Tensor Variance)> layers;

    internal BatchNormStatistics(Dictionary<string, (Tensor Mean, Tensor Variance)> layers) => this.layers = layers;

    /// <summary>By layer name; each has as many elements as the layer has channels.</summary>
    public IReadOnlyDictionary<string, (Tensor Mean, Tensor Variance)> Layers => layers;

    public void Dispose()
    {
        foreach (var (mean, variance) in layers.Values)
        {
            mean.Dispose();
            variance.Dispose();
        }
    }

    internal override Tensor Apply(ResolvedLayer layer, Tensor value, WeightStore weights)
    {
        var (mean, variance) = layers[layer.Name];
        return Normalise(layer, value, weights, mean, variance, ofBatch: false);
    }
}
