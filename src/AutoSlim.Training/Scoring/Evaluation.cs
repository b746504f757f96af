using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Scoring;

/// <summary>Runs one configuration over images and scores it.</summary>
public static class Evaluation
{
    /// <summary>N x classes logits, in the order of the images.</summary>
    public static float[] Logits(SlimmableNetwork network, ChannelConfiguration configuration, BatchNorm batchNorm, IEnumerable<ImageBatch> batches)
    {
        using var noGradient = no_grad();
        return [.. batches.SelectMany(batch => LogitsOf(network, configuration, batchNorm, batch))];
    }

    public static Score Of(float[] logits, ReadOnlySpan<int> labels, int classes)
    {
        using var scope = NewDisposeScope();
        var scores = tensor(logits, device: CPU).view(-1, classes);
        return Of(scores, tensor(labels.ToArray(), ScalarType.Int64, CPU));
    }

    internal static Score Of(Tensor logits, Tensor labels)
    {
        var right = logits.argmax(1).eq(labels).to_type(ScalarType.Float64).mean();
        return new(F.cross_entropy(logits, labels).item<float>(), right.item<double>());
    }

    private static float[] LogitsOf(SlimmableNetwork network, ChannelConfiguration configuration, BatchNorm batchNorm, ImageBatch batch)
    {
        using var scope = NewDisposeScope();
        return network.Forward(ImageTensor.Of(batch, network.Definition.Input, network.Device), configuration, batchNorm).cpu().data<float>().ToArray();
    }
}
