using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class TrainerTests
{
    private static readonly WidthSampler Sandwich = WidthSampler.Sandwich(TinyTraining.Definition);
    private static readonly WidthSampler OneWidth = WidthSampler.Only(TinyTraining.Definition, TinyTraining.Definition.Widest);

    [Fact]
    public void The_same_seed_gives_the_same_weights_bit_by_bit_and_another_seed_does_not()
    {
        var options = TinyTraining.Options with { Epochs = 1 };
        var first = Trained(options);
        Assert.Equal(first, Trained(options));
        Assert.NotEqual(first, Trained(options with { Seed = 4 }));
    }

    [Fact]
    public void Training_at_one_width_learns()
    {
        var definition = NetworkCatalog.Create(TinyTraining.Definition.Specification with { Network = MobileNetV1.Name });
        using var network = new SlimmableNetwork(definition, definition.Widest, 1);
        var options = TinyTraining.Options with { Epochs = 8, BatchSize = 25, LearningRate = 0.1, Augment = false };
        var progress = Run(network, WidthSampler.Only(definition, definition.Widest), TinyTraining.Images(500), options);
        Assert.InRange(progress[0].Loss, 2.2, 2.4);
        Assert.InRange(progress[^1].Loss, 0, progress[0].Loss - 0.4);
    }

    [Fact]
    public void Progress_counts_epochs_and_images()
    {
        using var network = TinyTraining.Network();
        var progress = Run(network, OneWidth, TinyTraining.Images(130), TinyTraining.Options);
        Assert.Equal([(1, 2, 50L, 200L), (1, 2, 100, 200), (2, 2, 150, 200), (2, 2, 200, 200)],
            progress.Select(it => (it.Epoch, it.Epochs, it.Images, it.TotalImages)));
    }

    [Fact]
    public void A_loss_that_is_no_number_stops_the_training_and_says_what_to_do()
    {
        using var network = TinyTraining.Network();
        var options = TinyTraining.Options with { LearningRate = 1e30, WarmUpFraction = 0 };
        var exception = Assert.Throws<DivergenceException>(() => Run(network, Sandwich, TinyTraining.Images(200), options));
        Assert.False(double.IsFinite(exception.Loss));
        Assert.InRange(exception.Step, 2, 8);
        Assert.Equal(
            $"the loss is {exception.Loss} at step {exception.Step} with learning rate {exception.LearningRate:g3}, expected a finite number: " +
            "the training diverged; lower the learning rate or warm up for longer",
            exception.Message);
    }

    [Fact]
    public void A_cancelled_epoch_stops_between_steps()
    {
        using var network = TinyTraining.Network();
        using var trainer = new Trainer(network, OneWidth, TinyTraining.Images(200), TinyTraining.Normalization, TinyTraining.Options);
        using var cancellation = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => trainer.RunEpoch(0, _ => { steps++; cancellation.Cancel(); }, cancellation.Token));
        Assert.Equal(1, steps);
    }

    [Fact]
    public void Twenty_steps_leave_no_tensor_behind_and_disposing_the_trainer_frees_its_momentum()
    {
        using var network = TinyTraining.Network();
        var before = LiveTensors.Count();
        var counts = new List<long>();
        using (var trainer = new Trainer(network, Sandwich, TinyTraining.Images(200), TinyTraining.Normalization, TinyTraining.Options with { Epochs = 6 }))
            for (var epoch = 0; epoch < 6; epoch++) trainer.RunEpoch(epoch, _ => counts.Add(Tensor.TotalCount), TestContext.Current.CancellationToken);
        Assert.Equal(24, counts.Count);
        Assert.Single(counts.Skip(1).Distinct());
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static int[] Trained(TrainingOptions options)
    {
        using var network = TinyTraining.Network();
        Run(network, Sandwich, TinyTraining.Images(150), options);
        return TinyTraining.Bits(network);
    }

    private static List<TrainingProgress> Run(SlimmableNetwork network, WidthSampler sampler, ImageSet images, TrainingOptions options)
    {
        var progress = new List<TrainingProgress>();
        using var trainer = new Trainer(network, sampler, images, TinyTraining.Normalization, options);
        for (var epoch = 0; epoch < options.Epochs; epoch++) trainer.RunEpoch(epoch, progress.Add, TestContext.Current.CancellationToken);
        return progress;
    }
}
