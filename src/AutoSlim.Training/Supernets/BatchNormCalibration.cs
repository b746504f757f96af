using AutoSlim.Networks;
using AutoSlim.Training.Data;
using static TorchSharp.torch;

namespace AutoSlim.Training.Supernets;

/// <summary>
/// Measures the batch-norm statistics of one configuration: the plain average over a few training batches, weights frozen
/// (universally slimmable networks, section 3.3).
/// </summary>
public sealed class BatchNormCalibration : BatchNorm
{
    private readonly Dictionary<string, (Tensor Mean, Tensor Variance)> layers = [];
    private int batch;

    private BatchNormCalibration()
    {
    }

    public static BatchNormStatistics Of(SlimmableNetwork network, ChannelConfiguration configuration, IEnumerable<ImageBatch> batches)
    {
        using var noGradient = no_grad();
        var calibration = new BatchNormCalibration();
        foreach (var images in batches)
        {
            using var scope = NewDisposeScope();
            calibration.batch++;
            network.Forward(ImageTensor.Of(images, network.Definition.Input, network.Device), configuration, calibration);
        }

        return calibration.batch > 0 ? new(calibration.layers) : throw new ArgumentException("no batch to calibrate batch norm on", nameof(batches));
    }

    /// <summary>Torch has no cumulative average; a momentum of 1/i at batch i is one.</summary>
    internal override Tensor Apply(ResolvedLayer layer, Tensor value, WeightSlices weights)
    {
        if (!layers.TryGetValue(layer.Name, out var statistics))
        {
            var channels = layer.Output.Channels;
            layers[layer.Name] = statistics = (zeros(channels, device: value.device).DetachFromDisposeScope(), ones(channels, device: value.device).DetachFromDisposeScope());
        }

        return Normalise(layer, value, weights, statistics.Mean, statistics.Variance, ofBatch: true, momentum: 1.0 / batch);
    }
}
