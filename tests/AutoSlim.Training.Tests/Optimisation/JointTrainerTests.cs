using AutoSlim.Training.Data;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class JointTrainerTests
{
    public static TheoryData<bool> InPlace => [true, false];

    [Theory]
    [MemberData(nameof(InPlace))]
    public void The_same_seed_gives_the_same_bits_and_every_parameter_learns(bool inPlace)
    {
        var lesson = inPlace ? Lesson.InPlaceDistillation : Lesson.Labels;
        var (before, first) = Trained(lesson);
        Assert.Equal(first, Trained(lesson).After);
        Assert.True(before.Zip(first).Count(pair => pair.First != pair.Second) > 0.9 * before.Length);
        Assert.NotEqual(first, Trained(inPlace ? Lesson.Labels : Lesson.InPlaceDistillation).After);
    }

    [Fact]
    public void Steps_leave_no_tensor_behind_with_and_without_a_teacher()
    {
        using var network = JointTraining.Network();
        using var supernet = TinyTraining.Network(seed: 7);
        using var statistics = BatchNormCalibration.Of(supernet, supernet.Widest, TinyTraining.Batches(40, 20));
        using var teacher = new FrozenTeacher(supernet, supernet.Widest, statistics, 0.5);
        foreach (var lesson in new[] { Lesson.Labels, Lesson.InPlaceDistillation, Lesson.Of(teacher) })
        {
            foreach (var parameter in network.Weights.Named.Values) parameter.grad = null;
            var before = LiveTensors.Count();
            var counts = new List<long>();
            using (var trainer = JointTraining.Trainer(network, lesson))
                for (var epoch = 0; epoch < 2; epoch++) trainer.RunEpoch(epoch, _ => counts.Add(Tensor.TotalCount), TestContext.Current.CancellationToken);
            Assert.Single(counts.Skip(1).Distinct());
            foreach (var parameter in network.Weights.Named.Values) parameter.grad = null;
            Assert.Equal(before, LiveTensors.Count());
        }
    }

    /// <summary>By linearity: four batches make one step, that of the mean of their own gradients, for the shared kernels and for each one's gammas.</summary>
    [Fact]
    public void Accumulated_batches_make_one_step_of_their_mean_gradient()
    {
        using var scope = NewDisposeScope();
        using var network = JointTraining.Network();
        using var reference = JointTraining.Network();
        var options = TinyTraining.PlainStep(4);
        using (var trainer = JointTraining.Trainer(network, Lesson.Labels, options)) JointTraining.Run(trainer, 0);
        var batches = new Batches(JointTraining.Images, TinyTraining.Normalization, options.BatchSize).Shuffled(options.Seed, 0, Augmentation.None).ToList();
        Assert.Equal(options.Accumulate, batches.Count);
        foreach (var batch in batches)
        {
            using var step = new LabelStep(reference, [JointTraining.Large, JointTraining.Small], teacher: null);
            step.Run(ImageTensor.Of(batch, reference.Definition.Input, reference.Device), ImageTensor.Labels(batch, reference.Device), options.LabelSmoothing);
        }

        foreach (var (name, weight) in network.Weights.Named)
        {
            var expected = reference.Weights[name].detach() - reference.Weights[name].grad! / options.Accumulate;
            var difference = (weight.detach() - expected).abs().max().item<float>();
            Assert.True(difference < 1e-5 * (1 + reference.Weights[name].grad!.abs().max().item<float>()), $"{name} is off by {difference}");
        }
    }

    [Fact]
    public void The_average_covers_the_gammas_of_every_network_and_does_not_change_the_training()
    {
        string[] names = ["stem.weight", "switch.large.stem.gamma", "switch.small.stem.gamma"];
        using var network = JointTraining.Network();
        using var trainer = JointTraining.Trainer(network, Lesson.InPlaceDistillation, TinyTraining.Options with { AverageDecay = 0.9 });
        var steps = new List<float[]>();
        trainer.RunEpoch(0, _ => steps.Add(First(network, names)), TestContext.Current.CancellationToken);
        Assert.Equal(Trained(Lesson.InPlaceDistillation).After, TinyTraining.Bits(network));
        trainer.SwapAverages();
        Assert.All(First(network, names).Index(), it => Assert.Equal(Average([.. steps.Select(step => step[it.Index])]), it.Item, 1e-6));
    }

    /// <summary>Of a few steps: it keeps (1 + steps) / (10 + steps) of itself, less than what the option asks for.</summary>
    private static float Average(IReadOnlyList<float> steps)
    {
        var average = steps[0];
        for (var step = 2; step <= steps.Count; step++) average += (steps[step - 1] - average) * 9 / (10 + step);
        return average;
    }

    private static float[] First(SlimmableNetwork network, IEnumerable<string> names) => [.. names.Select(name => TinyTraining.Elements(network.Weights[name])[0])];

    private static (int[] Before, int[] After) Trained(Lesson lesson)
    {
        using var network = JointTraining.Network();
        var before = TinyTraining.Bits(network);
        using var trainer = JointTraining.Trainer(network, lesson);
        JointTraining.Run(trainer, 0);
        return (before, TinyTraining.Bits(network));
    }
}
