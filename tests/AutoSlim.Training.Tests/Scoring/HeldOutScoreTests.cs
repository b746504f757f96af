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
        var expected = batches.Select(batch => HeldOutScore.Of(network, network.Definition.Narrowest, [batch])).ToList();
        var before = LiveTensors.Count();
        var score = HeldOutScore.Of(network, network.Definition.Narrowest, batches);
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal(expected.Average(one => one.Loss), score.Loss, 1e-5);
        Assert.Equal(expected.Average(one => one.Accuracy), score.Accuracy, 1e-9);
    }

    [Fact]
    public void It_is_by_the_statistics_of_the_batch()
    {
        using var network = TinyTraining.Network();
        var batches = TinyTraining.Batches(40, 40).ToList();
        var logits = Evaluation.Logits(network, network.Widest, BatchNorm.OfBatch, batches);
        int[] labels = [.. batches.SelectMany(batch => batch.Labels).Select(label => (int)label)];
        Assert.Equal(Evaluation.Of(logits, labels, 10), HeldOutScore.Of(network, network.Widest, batches));
    }
}
