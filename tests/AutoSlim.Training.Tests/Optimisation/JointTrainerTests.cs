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

    private static (int[] Before, int[] After) Trained(Lesson lesson)
    {
        using var network = JointTraining.Network();
        var before = TinyTraining.Bits(network);
        using var trainer = JointTraining.Trainer(network, lesson);
        JointTraining.Run(trainer, 0);
        return (before, TinyTraining.Bits(network));
    }
}
