using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class NesterovMomentumTests
{
    [Theory]
    [InlineData(0.9)]
    [InlineData(0)]
    public void Weight_decay_reaches_dense_convolutions_and_the_classifier_only(double momentum)
    {
        using var network = TinyTraining.Network();
        using var optimizer = new NesterovMomentum(network.Weights, TinyTraining.Options with { WeightDecay = 0.5, Momentum = momentum });
        GiveGradients(network, 0);
        var before = network.Weights.Named.ToDictionary(pair => pair.Key, pair => TinyTraining.Elements(pair.Value));
        optimizer.Step(0.1);
        var changed = network.Weights.Named.Where(pair => !before[pair.Key].SequenceEqual(TinyTraining.Elements(pair.Value))).Select(pair => pair.Key);
        var dense = network.Weights.Named.Keys.Where(name => name.EndsWith(".weight", StringComparison.Ordinal) && !name.Contains("depthwise", StringComparison.Ordinal));
        Assert.Equal(dense, changed);
        Assert.Equal(1 - 0.1 * 0.5 * (1 + momentum), TinyTraining.Elements(network.Weights["stem.weight"])[0] / before["stem.weight"][0], 1e-5);
    }

    /// <summary>Torch's own optimizer is the reference.</summary>
    [Theory]
    [InlineData(0.9)]
    [InlineData(0)]
    public void Three_steps_move_the_weights_as_torch_does(double momentum)
    {
        using var network = TinyTraining.Network();
        using var reference = TinyTraining.Network();
        using var optimizer = new NesterovMomentum(network.Weights, TinyTraining.Options with { WeightDecay = 0.01, Momentum = momentum });
        var decays = reference.Weights.Named.ToLookup(pair => reference.Weights.Decays(pair.Key), pair => pair.Value);
        using var torch = optim.SGD(decays[true], 0.1, momentum, weight_decay: 0.01, nesterov: momentum > 0);
        using var undecayed = optim.SGD(decays[false], 0.1, momentum, nesterov: momentum > 0);
        for (var step = 1; step <= 3; step++)
        {
            GiveGradients(network, 0.0001 * step);
            GiveGradients(reference, 0.0001 * step);
            optimizer.Step(0.1);
            torch.step();
            undecayed.step();
        }

        foreach (var (name, weight) in network.Weights.Named)
            Assert.All(TinyTraining.Elements(weight).Zip(TinyTraining.Elements(reference.Weights[name])), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void A_gradient_above_the_maximum_norm_is_scaled_down_to_it()
    {
        using var network = TinyTraining.Network();
        using var optimizer = new NesterovMomentum(network.Weights, TinyTraining.Options with { WeightDecay = 0, MaximumGradientNorm = 2 });
        GiveGradients(network, 1);
        var before = TinyTraining.Elements(network.Weights["stem.beta"])[0];
        optimizer.Step(1);
        var elements = network.Weights.Named.Values.Sum(weight => weight.numel());
        Assert.Equal(1.9 * 2 / Math.Sqrt(elements), before - TinyTraining.Elements(network.Weights["stem.beta"])[0], 1e-5);
    }

    [Fact]
    public void Restoring_the_momentum_again_leaves_no_tensor_behind()
    {
        using var network = TinyTraining.Network();
        using var optimizer = new NesterovMomentum(network.Weights, TinyTraining.Options);
        GiveGradients(network, 1);
        optimizer.Step(1);
        using var scope = NewDisposeScope();
        var buffers = optimizer.Buffers.ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var before = LiveTensors.Count();
        optimizer.Restore(buffers);
        optimizer.Restore(buffers);
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void GiveGradients(SlimmableNetwork network, double value)
    {
        using var scope = NewDisposeScope();
        foreach (var weight in network.Weights.Named.Values) weight.grad = full_like(weight, value, requires_grad: false).DetachFromDisposeScope();
    }
}
