using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Scoring;

/// <summary>Scores a network under training as the search will see it: on held-out images, with batch statistics.</summary>
public static class HeldOutScore
{
    /// <param name="network">Whose weights.</param>
    /// <param name="configuration">At most its widest in every group.</param>
    /// <param name="batches">Of a few hundred images each: their statistics normalise them.</param>
    public static Score Of(SlimmableNetwork network, ChannelConfiguration configuration, IReadOnlyList<ImageBatch> batches)
    {
        var logits = Evaluation.Logits(network, configuration, BatchNorm.OfBatch, batches);
        using var scope = NewDisposeScope();
        long[] labels = [.. batches.SelectMany(batch => batch.Labels)];
        return Evaluation.Of(tensor(logits).view(labels.Length, -1), tensor(labels));
    }
}
