using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// Stochastic gradient descent with Nesterov momentum, as torch defines it: weight decay joins the gradient, the first step has no
/// past.
/// </summary>
internal sealed class NesterovMomentum(WeightStore weights, TrainingState state, TrainingOptions options) : Optimizer(weights, state, options)
{
    public const string Momentum = "momentum";

    private readonly Scalar momentum = KeptScalar.Of(options.Momentum);
    private readonly bool hasMomentum = options.Momentum > 0;

    public override void Dispose()
    {
        momentum.Dispose();
        base.Dispose();
    }

    protected override void Move(IEnumerable<(string Name, Parameter Weight, Tensor Gradient)> graded, double learningRate, int step)
    {
        using var descent = KeptScalar.Of(-learningRate);
        foreach (var (name, weight, gradient) in graded) weight.add_(Direction(name, Decayed(name, weight, gradient)), descent);
    }

    private Tensor Direction(string name, Tensor gradient)
    {
        if (!hasMomentum) return gradient;
        var buffer = State.Find(Momentum, name) is Tensor past
            ? past.mul_(momentum).add_(gradient, KeptScalar.One)
            : State.Keep(Momentum, name, gradient.clone());
        return gradient.add_(buffer, momentum);
    }
}
