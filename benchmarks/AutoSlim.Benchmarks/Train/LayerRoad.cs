using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Benchmarks.Train;

/// <summary>A way to compute a layer's multiply-adds.</summary>
/// <param name="Name">For tables.</param>
/// <param name="ChannelsLast">How input and weight lie in memory.</param>
/// <param name="Suits">Whether it computes such a layer.</param>
/// <param name="Apply">From input and weight to output.</param>
internal sealed record LayerRoad(string Name, bool ChannelsLast, Func<LayerSignature, bool> Suits, Func<LayerSignature, Tensor, Tensor, Tensor> Apply)
{
    /// <summary>The one that AutoSlim takes.</summary>
    public static LayerRoad Own { get; } = new("AutoSlim", true, _ => true, (signature, input, weight) =>
        IsLinear(signature) ? F.linear(input, weight) : ConvolutionKernel.Apply(signature, input, weight));

    /// <summary>All that are tried, AutoSlim's first.</summary>
    public static IReadOnlyList<LayerRoad> All { get; } =
    [
        Own,
        new("convolution", true, signature => !IsLinear(signature), ConvolutionKernel.Direct),
        new("convolution, channels first", false, signature => !IsLinear(signature), ConvolutionKernel.Direct),
        new("matrix product", true, IsPointwise, (_, input, weight) => F.linear(input.permute(0, 2, 3, 1), weight.flatten(1)).permute(0, 3, 1, 2)),
        new("batched matrix product", false, IsPointwise, (_, input, weight) => weight.flatten(1).matmul(input.flatten(2)).unflatten(2, input.shape[2], input.shape[3])),
    ];

    private static bool IsLinear(LayerSignature signature) => signature.Kind is OperatorKind.Linear;

    private static bool IsPointwise(LayerSignature signature) => signature is { Kind: OperatorKind.Convolution, Kernel: 1, Stride: 1 };
}
