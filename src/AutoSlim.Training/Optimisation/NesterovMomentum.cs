using AutoSlim.Training.Supernets;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>Stochastic gradient descent with Nesterov momentum: torch's own optimizer, with the paper's weight-decay groups and a state that can be saved by parameter name.</summary>
public sealed class NesterovMomentum : IDisposable
{
    private readonly WeightStore weights;
    private readonly SGD optimizer;
    private readonly IReadOnlyList<string> stateOrder;
    private readonly double maximumNorm;

    internal NesterovMomentum(WeightStore weights, TrainingOptions options)
    {
        this.weights = weights;
        maximumNorm = options.MaximumGradientNorm;
        var byDecay = weights.Named.ToLookup(pair => weights.Decays(pair.Key));
        stateOrder = [.. byDecay[true].Concat(byDecay[false]).Select(pair => pair.Key)];
        var nesterov = options.Momentum > 0;
        optimizer = optim.SGD(
            [Group(byDecay[true], options.WeightDecay), Group(byDecay[false], 0)], options.LearningRate, options.Momentum, nesterov: nesterov);

        SGD.ParamGroup Group(IEnumerable<KeyValuePair<string, Parameter>> parameters, double decay) =>
            new(parameters.Select(pair => pair.Value), options.LearningRate, options.Momentum, weight_decay: decay, nesterov: nesterov);
    }

    /// <summary>The running gradient of every parameter, by its name; empty before the first step.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Buffers =>
        States().Where(pair => pair.State.momentum_buffer is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.State.momentum_buffer));

    /// <summary>
    /// Puts back what <see cref="Buffers"/> gave, in the layout of the parameter, as torch itself would: kernels round
    /// differently on other layouts.
    /// </summary>
    public void Restore(IReadOnlyDictionary<string, Tensor> buffers)
    {
        using var noGradient = no_grad();
        foreach (var (name, state) in States())
        {
            var past = state.momentum_buffer;
            state.momentum_buffer = empty_like(weights[name], requires_grad: false).copy_(buffers[name]).DetachFromDisposeScope();
            past?.Dispose();
        }
    }

    public void ClearGradients() => optimizer.zero_grad();

    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        nn.utils.clip_grad_norm_(weights.Named.Values, maximumNorm);
        foreach (var group in optimizer.ParamGroups) group.LearningRate = learningRate;
        optimizer.step();
    }

    public void Dispose() => optimizer.Dispose();

    private IEnumerable<(string Name, SGD.State State)> States() => stateOrder.Zip(optimizer.state_dict().State.Cast<SGD.State>());
}
