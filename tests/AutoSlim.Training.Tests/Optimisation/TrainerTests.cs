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
        var options = TinyTraining.Options with { Epochs = 8, BatchSize = 25, LearningRate = 0.1, Augment = AugmentationKind.None };
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
    public void Where_all_images_do_not_fill_a_batch_no_more_than_they_are_counted()
    {
        using var network = TinyTraining.Network();
        var progress = Run(network, OneWidth, TinyTraining.Images(20), TinyTraining.Options);
        Assert.Equal([(20L, 20, 40L), (40, 20, 40)], progress.Select(it => (it.Images, it.StepImages, it.TotalImages)));
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

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0)]
    [InlineData(OptimizerKind.AdamW, 0.9)]
    [InlineData(OptimizerKind.RmsProp, 0.9)]
    public void Twenty_steps_leave_no_tensor_behind_and_disposing_the_trainer_frees_its_state(OptimizerKind kind, double averageDecay)
    {
        using var network = TinyTraining.Network();
        var before = LiveTensors.Count();
        var counts = new List<long>();
        using (var trainer = new Trainer(network, Sandwich, TinyTraining.Images(200), TinyTraining.Normalization, TinyTraining.Options with { Epochs = 6, Optimizer = kind, AverageDecay = averageDecay, LearningRate = 0.01 }))
            for (var epoch = 0; epoch < 6; epoch++) trainer.RunEpoch(epoch, _ => counts.Add(Tensor.TotalCount), TestContext.Current.CancellationToken);
        Assert.Equal(24, counts.Count);
        Assert.Single(counts.Skip(1).Distinct());
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Progress_tells_step_losses_rate_and_gradient_norm()
    {
        using var network = TinyTraining.Network();
        var progress = Run(network, Sandwich, TinyTraining.Images(130), TinyTraining.Options);
        Assert.Equal([1, 2, 3, 4], progress.Select(it => it.Step));
        Assert.All(progress, it => Assert.Equal(4, it.Losses.Count));
        Assert.All(progress, it => Assert.InRange(it.GradientNorm, 1e-3, 1e3));
        Assert.Equal(progress[0].Loss, progress[0].Losses[0]);
        Assert.Equal(LearningRateSchedule.Of(TinyTraining.Options, 4).At(0), progress[0].LearningRate);
    }

    /// <summary>By linearity: the step is that of the mean of the batches' own gradients, all at the weights before it.</summary>
    [Fact]
    public void Accumulated_batches_make_one_step_of_their_mean_gradient()
    {
        using var network = TinyTraining.Network();
        using var reference = TinyTraining.Network();
        var options = TinyTraining.PlainStep(3);
        var images = TinyTraining.Images(150);
        var progress = Run(network, Sandwich, images, options);
        var random = Trainer.WidthsOf(options.Seed, 0);
        var members = Sandwich.Sample(ref random);
        var losses = new Batches(images, TinyTraining.Normalization, options.BatchSize).Shuffled(options.Seed, 0, Augmentation.None).Select(batch => Loss(reference, members, batch)).ToList();
        Assert.Equal(losses.Average(), Assert.Single(progress).Losses[0], 1e-6);
        Assert.Equal(150, progress[0].Images);
        foreach (var (name, weight) in network.Weights.Named)
        {
            var (before, gradient) = (TinyTraining.Elements(reference.Weights[name]), TinyTraining.Elements(reference.Weights[name].grad!));
            Assert.All(TinyTraining.Elements(weight).Index(), it => Assert.Equal(before[it.Index] - gradient[it.Index] / 3, it.Item, 1e-5 * Math.Max(1, Math.Abs(gradient[it.Index]))));
        }
    }

    [Fact]
    public void Batches_left_over_make_a_smaller_last_step()
    {
        using var network = TinyTraining.Network();
        var progress = Run(network, OneWidth, TinyTraining.Images(260), TinyTraining.Options with { Accumulate = 2 });
        Assert.Equal([(1, 100L), (2, 200), (3, 250), (4, 350), (5, 450), (6, 500)], progress.Select(it => (it.Step, it.Images)));
    }

    [Fact]
    public void The_average_follows_the_weights_and_swapping_twice_changes_nothing()
    {
        using var network = TinyTraining.Network();
        using var trainer = new Trainer(network, OneWidth, TinyTraining.Images(100), TinyTraining.Normalization, TinyTraining.Options with { AverageDecay = 0.9 });
        var steps = new List<float>();
        trainer.RunEpoch(0, _ => steps.Add(TinyTraining.Elements(network.Weights["stem.weight"])[0]), TestContext.Current.CancellationToken);
        var raw = TinyTraining.Bits(network);
        var before = LiveTensors.Count();
        trainer.SwapAverages();
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal(0.25 * steps[0] + 0.75 * steps[1], TinyTraining.Elements(network.Weights["stem.weight"])[0], 1e-6);
        Assert.All(network.Weights.Named.Values, weight => Assert.True(weight.requires_grad));
        trainer.SwapAverages();
        Assert.Equal(raw, TinyTraining.Bits(network));
    }

    [Fact]
    public void Keeping_an_average_does_not_change_the_training() =>
        Assert.Equal(Trained(TinyTraining.Options), Trained(TinyTraining.Options with { AverageDecay = 0.99 }));

    private static double Loss(SlimmableNetwork network, IReadOnlyList<ChannelConfiguration> members, ImageBatch batch)
    {
        using var scope = NewDisposeScope();
        using var step = new SandwichStep(network, members);
        return step.Run(ImageTensor.Of(batch, network.Definition.Input, network.Device), ImageTensor.Labels(batch, network.Device), TinyTraining.Options.LabelSmoothing)[0];
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
