using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Checkpoints;

/// <summary>Batch-norm statistics as tensors of a file.</summary>
internal static class StatisticsTensors
{
    /// <summary>The names and shapes that the statistics of a network have.</summary>
    public static Dictionary<string, long[]> Shapes(ResolvedNetwork network) => BatchNorm.NormalisedLayers(network)
        .SelectMany(layer => new[] { TensorNames.Mean(layer.Name), TensorNames.Variance(layer.Name) }.Select(name => KeyValuePair.Create(name, new long[] { layer.Output.Channels })))
        .ToDictionary();

    public static IEnumerable<KeyValuePair<string, StoredTensor>> Store(BatchNormStatistics statistics) => statistics.Layers.SelectMany(pair => new[]
    {
        KeyValuePair.Create(TensorNames.Mean(pair.Key), TorchElements.Store(pair.Value.Mean)),
        KeyValuePair.Create(TensorNames.Variance(pair.Key), TorchElements.Store(pair.Value.Variance)),
    });

    /// <param name="network">Whose statistics.</param>
    /// <param name="stored">All of <see cref="Shapes"/>.</param>
    /// <param name="device">Where they are to live.</param>
    public static BatchNormStatistics Read(ResolvedNetwork network, IReadOnlyDictionary<string, StoredTensor> stored, Device device) => new(BatchNorm.NormalisedLayers(network).ToDictionary(
        layer => layer.Name,
        layer => (Owned(stored[TensorNames.Mean(layer.Name)], device), Owned(stored[TensorNames.Variance(layer.Name)], device))));

    private static Tensor Owned(StoredTensor tensor, Device device) => tensor.ToTorch(device).DetachFromDisposeScope();
}
