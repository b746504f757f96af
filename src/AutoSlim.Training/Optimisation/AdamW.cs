using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>Adam whose weight decay shrinks the weight itself and never meets the gradient; the option's momentum is its first beta.</summary>
internal sealed class AdamW(WeightStore weights, TrainingState state, TrainingOptions options) : Optimizer(weights, state, options)
{
    public const string First = "firstMoment";
    public const string Second = "secondMoment";

    private const double SecondBeta = 0.999;

    private readonly Scalar keptFirst = KeptScalar.Of(options.Momentum);
    private readonly Scalar newFirst = KeptScalar.Of(1 - options.Momentum);
    private readonly Scalar keptSecond = KeptScalar.Of(SecondBeta);
    private readonly Scalar newSecond = KeptScalar.Of(1 - SecondBeta);
    private readonly Scalar epsilon = KeptScalar.Of(1e-8);
    private readonly double firstBeta = options.Momentum;
    private readonly double weightDecay = options.WeightDecay;

    public override void Dispose()
    {
        foreach (var number in new[] { keptFirst, newFirst, keptSecond, newSecond, epsilon }) number.Dispose();
        base.Dispose();
    }

    protected override void Move(IEnumerable<(string Name, Parameter Weight, Tensor Gradient)> graded, double learningRate, int step)
    {
        using var shrink = KeptScalar.Of(1 - learningRate * weightDecay);
        using var descent = KeptScalar.Of(-learningRate / (1 - Math.Pow(firstBeta, step)));
        using var secondCorrection = KeptScalar.Of(1 / Math.Sqrt(1 - Math.Pow(SecondBeta, step)));
        foreach (var (name, weight, gradient) in graded)
        {
            if (Decays(name)) weight.mul_(shrink);
            var first = State.FindOrZeros(First, name).mul_(keptFirst).add_(gradient, newFirst);
            var second = State.FindOrZeros(Second, name).mul_(keptSecond).addcmul_(gradient, gradient, newSecond);
            weight.addcdiv_(first, second.sqrt().mul_(secondCorrection).add_(epsilon, KeptScalar.One), descent);
        }
    }
}
