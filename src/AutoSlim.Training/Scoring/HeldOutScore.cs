using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Scoring;

/// <summary>Scores a network under training as the search will: on its held-out images, with the statistics of their batches.</summary>
public static class HeldOutScore
{
    /// <summary>One score for each configuration, from one pass over the images.</summary>
    /// <param name="network">Whose weights.</param>
    /// <param name="configurations">At most its widest in every group.</param>
    /// <param name="batches">Of a few hundred images each: their statistics normalise them.</param>
    /// <exception cref="ArgumentException">No image.</exception>
    public static IReadOnlyList<Score> Of(SlimmableNetwork network, IReadOnlyList<ChannelConfiguration> configurations, IEnumerable<ImageBatch> batches)
    {
        var (loss, right, images) = (new double[configurations.Count], new double[configurations.Count], 0);
        foreach (var batch in batches)
        {
            images += batch.Count;
            foreach (var (index, configuration) in configurations.Index())
            {
                var score = OfBatch(network, configuration, batch);
                loss[index] += batch.Count * score.Loss;
                right[index] += batch.Count * score.Accuracy;
            }
        }

        return images > 0 ? [.. loss.Zip(right, (sum, count) => new Score(sum / images, count / images))] : throw new ArgumentException("no image to score on", nameof(batches));
    }

    private static Score OfBatch(SlimmableNetwork network, ChannelConfiguration configuration, ImageBatch batch)
    {
        var logits = Evaluation.Logits(network, configuration, BatchNorm.OfBatch, [batch]);
        return Evaluation.Of(logits, [.. batch.Labels.Select(label => (int)label)], logits.Length / batch.Count);
    }
}
