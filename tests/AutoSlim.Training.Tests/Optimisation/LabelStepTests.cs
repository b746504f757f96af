using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class LabelStepTests : IDisposable
{
    private const double LabelSmoothing = 0.1;
    private const double Weight = 0.25;

    private readonly SlimmableNetwork network = JointTraining.Network();
    private readonly SlimmableNetwork supernet = TinyTraining.Network(seed: 12);
    private readonly BatchNormStatistics statistics;
    private readonly FrozenTeacher teacher;
    private readonly Tensor images;
    private readonly Tensor labels;

    public LabelStepTests()
    {
        statistics = BatchNormCalibration.Of(supernet, supernet.Widest, TinyTraining.Batches(40, 20));
        teacher = new(supernet, supernet.Widest, statistics, Weight);
        var batch = TinyTraining.Batches(20, 20).Single();
        (images, labels) = (ImageTensor.Of(batch, network.Definition.Input, network.Device), tensor(batch.Labels));
    }

    public void Dispose()
    {
        TorchRuntime.Load(1);
        images.Dispose();
        labels.Dispose();
        teacher.Dispose();
        statistics.Dispose();
        supernet.Dispose();
        network.Dispose();
    }

    /// <summary>The reference is torch's own way back through the views, one member after the other.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_of_shared_kernels_add_up_and_every_member_has_its_own_batch_norm(bool taught)
    {
        var expectedLosses = Reference(taught ? teacher : null);
        var expected = Gradients();
        var losses = Step(taught ? teacher : null, threads: 2);
        Assert.All(expectedLosses.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        var actual = Gradients();
        Assert.Equal(network.Weights.Named.Keys, actual.Keys);
        foreach (var (name, gradient) in actual)
            Assert.All(expected[name].Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void The_batch_norm_of_one_member_does_not_feel_the_other()
    {
        Step(null, threads: 1);
        var together = Gradients();
        Clear();
        using var scope = NewDisposeScope();
        using var step = new LabelStep(network, [JointTraining.Small], null);
        step.Run(images, labels, LabelSmoothing);
        Assert.Equal(together["switch.small.stem.gamma"], TinyTraining.Elements(network.Weights["switch.small.stem.gamma"].grad!));
        Assert.Null(network.Weights["switch.large.stem.gamma"].grad);
        Assert.NotEqual(together["stem.weight"], TinyTraining.Elements(network.Weights["stem.weight"].grad!));
    }

    [Fact]
    public void One_thread_and_several_give_the_same_bits()
    {
        var losses = Step(teacher, threads: 1);
        var alone = Gradients();
        Assert.Equal(losses, Step(teacher, threads: 2));
        Assert.Equal(alone, Gradients());
    }

    [Fact]
    public void A_step_leaves_nothing_behind_but_gradients()
    {
        Step(teacher, threads: 2);
        Clear();
        var before = LiveTensors.Count();
        Step(teacher, threads: 2);
        Clear();
        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void The_teacher_collects_no_gradients()
    {
        Step(teacher, threads: 1);
        Assert.All(supernet.Weights.Named.Values, parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void A_teacher_needs_statistics_of_its_own_width_and_a_weight_from_0_to_1()
    {
        Assert.Throws<ArgumentException>(() => new FrozenTeacher(supernet, supernet.Definition.Narrowest, statistics, Weight));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrozenTeacher(supernet, supernet.Widest, statistics, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrozenTeacher(supernet, supernet.Widest, statistics, -0.1));
    }

    /// <summary>Written out from the definition: log-softmax, and both cross-entropies by sums.</summary>
    [Fact]
    public void A_students_loss_is_its_parts_of_both_cross_entropies()
    {
        using var scope = NewDisposeScope();
        var logits = TinyTraining.Noise(20, 10);
        var softmax = teacher.Softmax(images);
        var (own, said) = (TinyTraining.Elements(F.log_softmax(logits, 1)), TinyTraining.Elements(softmax));
        var ofLabels = F.cross_entropy(logits, labels);
        var ofTeacher = -own.Zip(said, (log, probability) => (double)log * probability).Sum() / 20;
        Assert.Equal(1, said.Take(10).Sum(), 1e-5);
        Assert.Equal((1 - Weight) * ofLabels.item<float>() + Weight * ofTeacher, teacher.Weigh(ofLabels, softmax, logits).item<float>(), 1e-5);
    }

    private IReadOnlyList<double> Step(FrozenTeacher? asked, int threads)
    {
        Clear();
        TorchRuntime.Load(threads);
        using var scope = NewDisposeScope();
        using var step = new LabelStep(network, [JointTraining.Large, JointTraining.Small], asked);
        return step.Run(images, labels, LabelSmoothing);
    }

    private List<double> Reference(FrozenTeacher? asked)
    {
        Clear();
        using var scope = NewDisposeScope();
        var losses = new List<double>();
        foreach (var member in new[] { JointTraining.Large, JointTraining.Small })
        {
            var logits = network.Forward(images, member, BatchNorm.OfBatch);
            var loss = F.cross_entropy(logits, labels, label_smoothing: LabelSmoothing);
            if (asked is not null) loss = loss * (1 - Weight) - Weight * (F.softmax(supernet.Forward(images, supernet.Widest, statistics).detach(), 1) * F.log_softmax(logits, 1)).sum() / 20;
            loss.backward();
            losses.Add(loss.item<float>());
        }

        return losses;
    }

    private Dictionary<string, float[]> Gradients() => network.Weights.Named.ToDictionary(pair => pair.Key, pair => TinyTraining.Elements(pair.Value.grad!));

    private void Clear()
    {
        foreach (var parameter in network.Weights.Named.Values) parameter.grad = null;
    }
}
