using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// RMSprop with momentum as torch defines it, with the numbers that MNasNet and MobileNet v3 are trained with: squares that fade by
/// 0.9 a step, and 0.0316 added to their root (their square 0.001 added under it elsewhere). Weight decay joins the gradient.
/// </summary>
internal sealed class RmsProp(WeightStore weights, TrainingState state, TrainingOptions options) : Optimizer(weights, state, options)
{
    public const string Square = "meanSquare";
    public const double Fading = 0.9;
    public const double Epsilon = 0.0316;

    private readonly Scalar keptSquare = KeptScalar.Of(Fading);
    private readonly Scalar newSquare = KeptScalar.Of(1 - Fading);
    private readonly Scalar epsilon = KeptScalar.Of(Epsilon);
    private readonly Scalar momentum = KeptScalar.Of(options.Momentum);
    private readonly bool hasMomentum = options.Momentum > 0;

    public override void Dispose()
    {
        foreach (var number in new[] { keptSquare, newSquare, epsilon, momentum }) number.Dispose();
        base.Dispose();
    }

    protected override void Move(IEnumerable<(string Name, Parameter Weight, Tensor Gradient)> graded, double learningRate, int step)
    {
        using var descent = KeptScalar.Of(-learningRate);
        foreach (var (name, weight, gradient) in graded)
        {
            Decayed(name, weight, gradient);
            var root = State.FindOrZeros(Square, name).mul_(keptSquare).addcmul_(gradient, gradient, newSquare).sqrt().add_(epsilon, KeptScalar.One);
            if (hasMomentum) weight.add_(State.FindOrZeros(NesterovMomentum.Momentum, name).mul_(momentum).addcdiv_(gradient, root, KeptScalar.One), descent);
            else weight.addcdiv_(gradient, root, descent);
        }
    }
}
