using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Scoring;

public sealed class HeldOutScoreTests
{
    [Fact]
    public void It_is_the_mean_over_the_images_of_all_batches_and_leaves_no_tensor_behind()
    {
        using var network = TinyTraining.Network();
        var batches = TinyTraining.Batches(60, 20).ToList();
        var both = new[] { network.Definition.Narrowest, network.Widest };
        var expected = batches.Select(batch => HeldOutScore.Of(network, both, [batch])).ToList();
        var before = LiveTensors.Count();
        var scores = HeldOutScore.Of(network, both, batches);
        Assert.Equal(before, Tensor.TotalCount);
        foreach (var (index, score) in scores.Index())
        {
            Assert.Equal(expected.Average(one => one[index].Loss), score.Loss, 1e-5);
            Assert.Equal(expected.Average(one => one[index].Accuracy), score.Accuracy, 1e-9);
        }

        Assert.NotEqual(scores[0], scores[1]);
    }

    [Fact]
    public void A_smaller_batch_counts_for_less()
    {
        using var network = TinyTraining.Network();
        var batches = TinyTraining.Batches(50, 40).ToList();
        var parts = batches.Select(batch => HeldOutScore.Of(network, [network.Widest], [batch])[0]).ToList();
        Assert.Equal((40 * parts[0].Loss + 10 * parts[1].Loss) / 50, HeldOutScore.Of(network, [network.Widest], batches)[0].Loss, 1e-9);
    }

    [Fact]
    public void Without_an_image_there_is_no_score()
    {
        using var network = TinyTraining.Network();
        Assert.Throws<ArgumentException>(() => HeldOutScore.Of(network, [network.Widest], []));
    }

    [Fact]
    public void It_is_by_the_statistics_of_the_batch()
    {
        using var network = TinyTraining.Network();
        var batches = TinyTraining.Batches(40, 40).ToList();
        var logits = Evaluation.Logits(network, network.Widest, BatchNorm.OfBatch, batches);
        int[] labels = [.. batches.SelectMany(batch => batch.Labels).Select(label => (int)label)];
        Assert.Equal(Evaluation.Of(logits, labels, 10), HeldOutScore.Of(network, [network.Widest], batches)[0]);
    }
}
