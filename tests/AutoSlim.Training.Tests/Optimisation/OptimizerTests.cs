using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Optimisation;

public sealed class OptimizerTests : IDisposable
{
    private readonly SlimmableNetwork network = TinyTraining.Network();
    private readonly TrainingState state;

    public OptimizerTests() => state = new(network.Weights);

    public static TheoryData<OptimizerKind, double> All => new()
    {
        { OptimizerKind.Sgd, 0.9 },
        { OptimizerKind.Sgd, 0 },
        { OptimizerKind.AdamW, 0.9 },
        { OptimizerKind.AdamW, 0 },
        { OptimizerKind.RmsProp, 0.9 },
        { OptimizerKind.RmsProp, 0 },
    };

    public void Dispose()
    {
        state.Dispose();
        network.Dispose();
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Weight_decay_reaches_dense_convolutions_and_the_classifier_only(OptimizerKind kind, double momentum)
    {
        using var optimizer = Create(kind, momentum, decay: 0.5);
        GiveGradients(network, 0);
        var before = network.Weights.Named.ToDictionary(pair => pair.Key, pair => TinyTraining.Elements(pair.Value));
        optimizer.Step(0.1, 1);
        var changed = network.Weights.Named.Where(pair => !before[pair.Key].SequenceEqual(TinyTraining.Elements(pair.Value))).Select(pair => pair.Key);
        var dense = network.Weights.Named.Keys.Where(name => name.EndsWith(".weight", StringComparison.Ordinal) && !name.Contains("depthwise", StringComparison.Ordinal));
        Assert.Equal(dense, changed);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_gradient_that_is_no_number_leaves_the_weights_as_they_are(OptimizerKind kind, double momentum)
    {
        using var optimizer = Create(kind, momentum, decay: 0.5);
        GiveGradients(network, float.NaN);
        var before = network.Weights.Named.ToDictionary(pair => pair.Key, pair => TinyTraining.Elements(pair.Value));
        Assert.True(double.IsNaN(optimizer.Step(0.1, 1)));
        Assert.All(network.Weights.Named, pair => Assert.Equal(before[pair.Key], TinyTraining.Elements(pair.Value)));
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.9, 1 - 0.1 * 0.5 * 1.9)]
    [InlineData(OptimizerKind.Sgd, 0, 1 - 0.1 * 0.5)]
    [InlineData(OptimizerKind.AdamW, 0.9, 1 - 0.1 * 0.5)]
    public void Decay_shrinks_a_weight_by_its_part(OptimizerKind kind, double momentum, double ratio)
    {
        using var optimizer = Create(kind, momentum, decay: 0.5);
        GiveGradients(network, 0);
        var before = TinyTraining.Elements(network.Weights["stem.weight"])[0];
        optimizer.Step(0.1, 1);
        Assert.Equal(ratio, TinyTraining.Elements(network.Weights["stem.weight"])[0] / before, 1e-5);
    }

    /// <summary>Torch's own optimizers are the reference.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Three_steps_move_the_weights_as_torch_does(OptimizerKind kind, double momentum)
    {
        using var reference = TinyTraining.Network();
        using var optimizer = Create(kind, momentum, decay: 0.01);
        var decays = reference.Weights.Named.ToLookup(pair => reference.Weights.Decays(pair.Key), pair => pair.Value);
        using var decayed = Torch(kind, decays[true], momentum, 0.01);
        using var undecayed = Torch(kind, decays[false], momentum, 0);
        for (var step = 1; step <= 3; step++)
        {
            GiveGradients(network, 0.0001 * step);
            GiveGradients(reference, 0.0001 * step);
            optimizer.Step(0.1, step);
            decayed.step();
            undecayed.step();
        }

        foreach (var (name, weight) in network.Weights.Named)
            Assert.All(TinyTraining.Elements(weight).Zip(TinyTraining.Elements(reference.Weights[name])), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void A_gradient_above_the_maximum_norm_is_scaled_down_to_it()
    {
        using var optimizer = Create(OptimizerKind.Sgd, 0.9, decay: 0, maximumNorm: 2);
        Assert.Equal(1.9 * 2 / Math.Sqrt(Elements), MovedBy(optimizer, 1), 1e-5);
    }

    [Fact]
    public void Without_a_maximum_norm_a_gradient_of_any_size_stays_and_its_norm_is_told()
    {
        using var optimizer = Create(OptimizerKind.Sgd, 0, decay: 0, maximumNorm: 0);
        Assert.Equal(100, MovedBy(optimizer, 100), 1e-3);
        GiveGradients(network, 3);
        Assert.Equal(3 * Math.Sqrt(Elements), optimizer.Step(1, 2), 0.1);
    }

    [Fact]
    public void Gradients_of_several_batches_become_their_mean()
    {
        using var optimizer = Create(OptimizerKind.Sgd, 0, decay: 0, maximumNorm: 0);
        GiveGradients(network, 12);
        optimizer.DivideGradients(3);
        Assert.Equal(4, TinyTraining.Elements(network.Weights["stem.beta"].grad!)[0]);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Steps_leave_no_tensor_behind_but_the_state_which_has_the_expected_names(OptimizerKind kind, double momentum)
    {
        var options = Options(kind, momentum, 0.01, 0);
        using var optimizer = Optimizer.Of(network.Weights, state, options);
        GiveGradients(network, 1);
        optimizer.Step(0.1, 1);
        Assert.Equal(TrainingState.Shapes(network.Weights, options).Keys.Order(), state.Tensors.Keys.Order());
        var before = LiveTensors.Count();
        optimizer.Step(0.1, 2);
        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void Restoring_a_state_again_leaves_no_tensor_behind()
    {
        using var optimizer = Create(OptimizerKind.Sgd, 0.9, decay: 0);
        GiveGradients(network, 1);
        optimizer.Step(0.1, 1);
        var past = state.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.clone());
        var before = LiveTensors.Count();
        foreach (var (name, tensor) in past) state.Restore(name, tensor);
        Assert.Equal(before, Tensor.TotalCount);
        foreach (var tensor in past.Values) tensor.Dispose();
    }

    private long Elements => network.Weights.Named.Values.Sum(weight => weight.numel());

    private static TrainingOptions Options(OptimizerKind kind, double momentum, double decay, double maximumNorm) =>
        TinyTraining.Options with { Optimizer = kind, Momentum = momentum, WeightDecay = decay, MaximumGradientNorm = maximumNorm };

    private Optimizer Create(OptimizerKind kind, double momentum, double decay, double maximumNorm = 10) =>
        Optimizer.Of(network.Weights, state, Options(kind, momentum, decay, maximumNorm));

    private static optim.Optimizer Torch(OptimizerKind kind, IEnumerable<Parameter> weights, double momentum, double decay) => kind switch
    {
        OptimizerKind.AdamW => optim.AdamW(weights, 0.1, momentum, 0.999, 1e-8, decay),
        OptimizerKind.RmsProp => optim.RMSProp(weights, 0.1, 0.9, 0.0316, decay, momentum),
        _ => optim.SGD(weights, 0.1, momentum, weight_decay: decay, nesterov: momentum > 0),
    };

    private double MovedBy(Optimizer optimizer, double gradient)
    {
        GiveGradients(network, gradient);
        var before = TinyTraining.Elements(network.Weights["stem.beta"])[0];
        optimizer.Step(1, 1);
        return before - TinyTraining.Elements(network.Weights["stem.beta"])[0];
    }

    private static void GiveGradients(SlimmableNetwork network, double value)
    {
        using var scope = NewDisposeScope();
        foreach (var weight in network.Weights.Named.Values) weight.grad = full_like(weight, value, requires_grad: false).DetachFromDisposeScope();
    }
}
