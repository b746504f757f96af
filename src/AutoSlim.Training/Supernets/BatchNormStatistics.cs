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

    /// <exception cref="ArgumentException">With every layer whose statistics are missing or of another width.</exception>
    internal void RequireFit(ResolvedNetwork network)
    {
        var problems = NormalisedLayers(network).Select(Problem).OfType<string>().ToList();
        if (problems.Count > 0)
            throw new ArgumentException($"the batch-norm statistics are of another configuration; calibrate this one: {string.Join("; ", problems)}");
    }

    internal override Tensor Apply(ResolvedLayer layer, Tensor value, WeightSlices weights)
    {
        var (mean, variance) = layers[layer.Name];
        return Normalise(layer, value, weights, mean, variance, ofBatch: false);
    }

    private string? Problem(ResolvedLayer layer)
    {
        if (!layers.TryGetValue(layer.Name, out var found)) return $"layer '{layer.Name}' has none";
        return found.Mean.shape[0] == layer.Output.Channels ? null : $"layer '{layer.Name}' has {found.Mean.shape[0]} channels, expected {layer.Output.Channels}";
    }
}
