using AutoSlim.Training.Native;
using AutoSlim.Training.Supernets;
using TorchSharp;
using static TorchSharp.torch;

namespace AutoSlim.Training.Optimisation;

/// <summary>
/// Stochastic gradient descent with Nesterov momentum, as torch defines it (weight decay joins the gradient, the first step has no
/// past), with the paper's decay groups and a state by parameter name. TorchSharp's own step lets the garbage collector free its
/// numbers in mid-call, see <see cref="KeptScalar"/>.
/// </summary>
public sealed class NesterovMomentum : IDisposable
{
    private readonly WeightStore weights;
    private readonly Scalar momentum;
    private readonly Scalar decay;
    private readonly bool hasMomentum;
    private readonly bool hasDecay;
    private readonly double maximumNorm;
    private readonly Dictionary<string, Tensor> buffers = [];

    internal NesterovMomentum(WeightStore weights, TrainingOptions options)
    {
        this.weights = weights;
        (momentum, decay) = (KeptScalar.Of(options.Momentum), KeptScalar.Of(options.WeightDecay));
        (hasMomentum, hasDecay) = (options.Momentum > 0, options.WeightDecay > 0);
        maximumNorm = options.MaximumGradientNorm;
    }

    /// <summary>The running gradient of every parameter, by its name; empty before the first step.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Buffers => buffers;

    /// <summary>
    /// Puts back what <see cref="Buffers"/> gave, in the layout of the parameter, as torch itself would: kernels round
    /// differently on other layouts.
    /// </summary>
    public void Restore(IReadOnlyDictionary<string, Tensor> past)
    {
        using var noGradient = no_grad();
        DisposeBuffers();
        foreach (var (name, parameter) in weights.Named)
            buffers[name] = empty_like(parameter, requires_grad: false).copy_(past[name]).DetachFromDisposeScope();
    }

    public void ClearGradients()
    {
        foreach (var parameter in weights.Named.Values) parameter.grad = null;
    }

    public void Step(double learningRate)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var descent = KeptScalar.Of(-learningRate);
        nn.utils.clip_grad_norm_(weights.Named.Values, maximumNorm);
        foreach (var (name, parameter) in weights.Named)
            if (parameter.grad is Tensor gradient) parameter.add_(Direction(name, parameter, gradient), descent);
    }

    public void Dispose()
    {
        DisposeBuffers();
        momentum.Dispose();
        decay.Dispose();
    }

    /// <summary>In the gradient's own memory: the next step begins with a new one.</summary>
    private Tensor Direction(string name, Tensor parameter, Tensor gradient)
    {
        if (hasDecay && weights.Decays(name)) gradient.add_(parameter, decay);
        if (!hasMomentum) return gradient;
        if (buffers.TryGetValue(name, out var buffer)) buffer.mul_(momentum).add_(gradient, KeptScalar.One);
        else buffers[name] = buffer = gradient.clone().DetachFromDisposeScope();
        return gradient.add_(buffer, momentum);
    }

    private void DisposeBuffers()
    {
        foreach (var buffer in buffers.Values) buffer.Dispose();
        buffers.Clear();
    }
}
