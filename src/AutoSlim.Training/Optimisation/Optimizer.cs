using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// Moves weights against their gradients, with the paper's decay groups and a state by weight. TorchSharp's own optimizers let
/// the garbage collector free their numbers in mid-call, see <see cref="KeptScalar"/>.
/// </summary>
internal abstract class Optimizer : IDisposable
{
    private readonly WeightStore weights;
    private readonly double maximumNorm;
    private readonly Scalar decay;
    private readonly bool hasDecay;

    protected Optimizer(WeightStore weights, TrainingState state, TrainingOptions options)
    {
        (this.weights, State) = (weights, state);
        maximumNorm = options.MaximumGradientNorm > 0 ? options.MaximumGradientNorm : double.PositiveInfinity;
        (decay, hasDecay) = (KeptScalar.Of(options.WeightDecay), options.WeightDecay > 0);
    }

    protected TrainingState State { get; }

    public static Optimizer Of(WeightStore weights, TrainingState state, TrainingOptions options) => options.Optimizer switch
    {
        OptimizerKind.Sgd => new NesterovMomentum(weights, state, options),
        OptimizerKind.AdamW => new AdamW(weights, state, options),
        OptimizerKind.RmsProp => new RmsProp(weights, state, options),
        _ => throw new ArgumentException($"unknown optimizer {options.Optimizer}", nameof(options)),
    };

    /// <summary>The kinds of tensors that the optimizer of these options keeps for every weight.</summary>
    public static IReadOnlyList<string> KindsOf(TrainingOptions options) => options.Optimizer switch
    {
        OptimizerKind.AdamW => [AdamW.First, AdamW.Second],
        OptimizerKind.RmsProp when options.Momentum > 0 => [RmsProp.Square, NesterovMomentum.Momentum],
        OptimizerKind.RmsProp => [RmsProp.Square],
        _ when options.Momentum > 0 => [NesterovMomentum.Momentum],
        _ => [],
    };

    public void ClearGradients()
    {
        foreach (var parameter in weights.Named.Values) parameter.grad = null;
    }

    /// <summary>From the sum of several batches' gradients to their mean.</summary>
    public void DivideGradients(int batches)
    {
        if (batches == 1) return;
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var share = KeptScalar.Of(1.0 / batches);
        foreach (var parameter in weights.Named.Values) parameter.grad?.mul_(share);
    }

    /// <summary>Where the gradient is no number the weights stay as they are.</summary>
    /// <returns>The norm of the gradient before it was limited.</returns>
    /// <param name="learningRate">Above 0.</param>
    /// <param name="step">From 1, over all epochs.</param>
    public double Step(double learningRate, int step)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var norm = nn.utils.clip_grad_norm_(weights.Named.Values, maximumNorm);
        if (double.IsFinite(norm)) Move(Graded(), learningRate, step);
        return norm;
    }

    public virtual void Dispose() => decay.Dispose();

    /// <summary>Changes the weights; the gradients' memory is free to use, for the next step begins with new ones.</summary>
    protected abstract void Move(IEnumerable<(string Name, Parameter Weight, Tensor Gradient)> graded, double learningRate, int step);

    protected bool Decays(string name) => hasDecay && weights.Decays(name);

    /// <summary>Weight decay as a part of the gradient.</summary>
    protected Tensor Decayed(string name, Parameter weight, Tensor gradient) => Decays(name) ? gradient.add_(weight, decay) : gradient;

    private IEnumerable<(string Name, Parameter Weight, Tensor Gradient)> Graded()
    {
        foreach (var (name, weight) in weights.Named)
            if (weight.grad is Tensor gradient) yield return (name, weight, gradient);
    }
}
