using AutoSlim.Networks;
using AutoSlim.Training.Native;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Supernets;

/// <summary>
/// Runs a definition at any channel configuration with the first channels of one set of weights (paper section 3.1).
/// Width is an argument of every call, never hidden state; so are the batch-norm statistics.
/// </summary>
public sealed class SlimmableNetwork : IDisposable
{
    internal const double BatchNormEpsilon = 1e-5;

    /// <param name="definition">The network.</param>
    /// <param name="widest">The widest configuration it will run at: the supernet's own, or the only one when retraining.</param>
    /// <param name="seed">Decides the initial weights.</param>
    public SlimmableNetwork(NetworkDefinition definition, ChannelConfiguration widest, long seed)
    {
        Definition = definition;
        Widest = widest;
        Weights = new(definition.Resolve(widest), seed);
    }

    public NetworkDefinition Definition { get; }

    public ChannelConfiguration Widest { get; }

    public WeightStore Weights { get; }

    /// <summary>Logits, N x classes.</summary>
    /// <param name="images">N x C x H x W, normalised.</param>
    /// <param name="configuration">At most <see cref="Widest"/> in every group.</param>
    /// <param name="batchNorm">Batch statistics, or stored ones of this very configuration.</param>
    public Tensor Forward(Tensor images, ChannelConfiguration configuration, BatchNorm batchNorm) =>
        Forward(images, configuration, batchNorm, WeightSlices.Views(Weights));

    internal Tensor Forward(Tensor images, ChannelConfiguration configuration, BatchNorm batchNorm, WeightSlices weights)
    {
        var activations = new Dictionary<string, Tensor> { [NetworkDefinition.InputName] = MemoryLayout.ChannelsLast(images) };
        return Forward(Definition.Resolve(configuration), activations, 0, batchNorm, weights);
    }

    /// <summary>
    /// Runs the layers from <paramref name="firstLayer"/> on and adds their outputs to <paramref name="activations"/>,
    /// which holds what earlier layers gave.
    /// </summary>
    internal static Tensor Forward(
        ResolvedNetwork network, Dictionary<string, Tensor> activations, int firstLayer, BatchNorm batchNorm, WeightSlices weights)
    {
        foreach (var layer in network.Layers.Skip(firstLayer)) activations[layer.Name] = Run(layer, activations, batchNorm, weights);
        return activations[network.Layers[^1].Name];
    }

    /// <summary>Makes every residual block the identity, which is where it then starts to learn from.</summary>
    public void StartResidualsAtZero()
    {
        using var noGradient = no_grad();
        foreach (var addition in Definition.Layers.OfType<Addition>())
            if (Weights.Named.TryGetValue($"{addition.Right}.gamma", out var gamma)) gamma.zero_();
    }

    public void Dispose() => Weights.Dispose();

    /// <summary>The output of one layer, from those before it.</summary>
    internal static Tensor Run(ResolvedLayer layer, Dictionary<string, Tensor> activations, BatchNorm batchNorm, WeightSlices weights)
    {
        var input = activations[layer.Layer.Inputs[0]];
        var signature = layer.Signature;
        switch (signature.Kind)
        {
            case OperatorKind.Convolution or OperatorKind.DepthwiseConvolution:
                return Activate(Normalised(layer, ConvolutionKernel.Apply(signature, input, weights.Kernel(layer)), batchNorm, weights), signature.Activation);
            case OperatorKind.Addition:
                return Activate(input.add(activations[layer.Layer.Inputs[1]], KeptScalar.One), signature.Activation);
            case OperatorKind.MaxPooling:
                return F.max_pool2d(input, signature.Kernel, signature.Stride, signature.Padding);
            case OperatorKind.GlobalAveragePooling:
                return input.mean([2, 3]);
            case OperatorKind.Linear or OperatorKind.BiasedPointwise:
                return Activate(F.linear(input, weights.Kernel(layer), weights.Bias(layer)), signature.Activation);
            case OperatorKind.Scaling:
                return input * activations[layer.Layer.Inputs[1]].view(-1, signature.Input.Channels, 1, 1);
            default:
                throw new ArgumentException($"layer '{layer.Name}' is of an unknown kind {signature.Kind}", nameof(layer));
        }
    }

    /// <summary>What no gradient goes back through is freed at once: it is half the memory of scoring a large batch.</summary>
    private static Tensor Normalised(ResolvedLayer layer, Tensor convolved, BatchNorm batchNorm, WeightSlices weights)
    {
        var normalised = batchNorm.Apply(layer, convolved, weights);
        if (!convolved.requires_grad) convolved.Dispose();
        return normalised;
    }

    /// <summary>In place where torch's way back reads only what comes out: nothing else reads a layer's output before its activation.</summary>
    private static Tensor Activate(Tensor value, Activation activation) => activation switch
    {
        Activation.Relu => F.relu(value, inplace: true),
        Activation.Relu6 => F.relu6(value, inplace: true),
        Activation.HardSwish => F.hardswish(value),
        Activation.HardSigmoid => F.hardsigmoid(value),
        _ => value,
    };
}
