using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class SandwichStepTests : IDisposable
{
    private const double LabelSmoothing = 0.1;

    private readonly SlimmableNetwork network = TinyTraining.Network();
    private readonly Tensor images;
    private readonly Tensor labels;
    private readonly IReadOnlyList<ChannelConfiguration> members;

    public SandwichStepTests()
    {
        var batch = TinyTraining.Batches(20, 20).Single();
        (images, labels) = (ImageTensor.Of(batch, network.Definition.Input, network.Device), tensor(batch.Labels));
        var random = new SplitMix64(5);
        members = WidthSampler.Sandwich(network.Definition).Sample(ref random);
    }

    public void Dispose()
    {
        TorchRuntime.Load(1);
        images.Dispose();
        labels.Dispose();
        network.Dispose();
    }

    /// <summary>One lane may go forward with many students: their layers' outputs are kept by torch, for the way back, and by nobody else.</summary>
    [Fact]
    public void A_way_forward_leaves_nothing_but_its_logits()
    {
        using var scope = NewDisposeScope();
        using var pass = new MemberPass(network, members[0], Precision.Float32);
        var before = scope.DisposablesView.Count;
        pass.Forward(images);
        Assert.Equal(before + 1, scope.DisposablesView.Count);
        pass.Backward(logits => F.cross_entropy(logits, labels));
        Assert.Equal(before + 1, scope.DisposablesView.Count);
    }

    /// <summary>The reference is torch's own way back through the views, one member after the other.</summary>
    [Fact]
    public void Gradients_and_losses_are_those_of_the_members_one_after_the_other()
    {
        var expectedLosses = Reference();
        var expected = Gradients();
        var losses = Step(threads: 2);
        Assert.All(expectedLosses.Zip(losses), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.Equal(expected.Keys, Gradients().Keys);
        foreach (var (name, gradient) in Gradients())
            Assert.All(expected[name].Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Fact]
    public void One_thread_and_as_many_as_members_give_the_same_bits()
    {
        var losses = Step(threads: 1);
        var alone = Gradients();
        Assert.Equal(losses, Step(threads: 2));
        Assert.Equal(alone, Gradients());
        Assert.Equal(losses, Step(threads: 4));
        Assert.Equal(alone, Gradients());
    }

    [Fact]
    public void A_step_leaves_nothing_behind_but_gradients()
    {
        Step(threads: 2);
        Clear();
        var before = LiveTensors.Count();
        Step(threads: 2);
        Clear();
        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public async Task Members_do_not_wait_for_a_teacher_that_failed()
    {
        TorchRuntime.Load(2);
        using var step = new SandwichStep(network, [members[0].With(network.Definition.Groups[0].Name, 10_000), .. members.Skip(1)]);
        var run = Task.Run(() => step.Run(images, labels, LabelSmoothing), TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<Exception>(() => run.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.True(run.IsFaulted);
    }

    private IReadOnlyList<double> Step(int threads)
    {
        Clear();
        TorchRuntime.Load(threads);
        using var scope = NewDisposeScope();
        using var step = new SandwichStep(network, members);
        return step.Run(images, labels, LabelSmoothing);
    }

    private List<double> Reference()
    {
        Clear();
        using var scope = NewDisposeScope();
        var logits = members.Select(member => network.Forward(images, member, BatchNorm.OfBatch)).ToList();
        var teacher = F.softmax(logits[0].detach(), 1);
        var losses = logits.Skip(1).Select(own => -(teacher * F.log_softmax(own, 1)).sum(1).mean())
            .Prepend(F.cross_entropy(logits[0], labels, label_smoothing: LabelSmoothing)).ToList();
        foreach (var loss in losses) loss.backward();
        return [.. losses.Select(loss => (double)loss.item<float>())];
    }

    private Dictionary<string, float[]> Gradients() =>
        network.Weights.Named.ToDictionary(pair => pair.Key, pair => TinyTraining.Elements(pair.Value.grad!));

    private void Clear()
    {
        foreach (var parameter in network.Weights.Named.Values) parameter.grad = null;
    }
}
