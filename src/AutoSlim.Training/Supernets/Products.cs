using AutoSlim.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Supernets;

/// <summary>
/// Convolutions and linear layers in either precision: 32-bit tensors go in and come out, and gradients reach the weights in 32 bits.
/// </summary>
internal static class Products
{
    public static Tensor Convolution(LayerSignature signature, Tensor input, Tensor weight, Precision precision) => precision == Precision.Float32
        ? ConvolutionKernel.Apply(signature, input, weight)
        : Widened(RoundedConvolution(signature, Rounded(input), Rounded(weight)));

    public static Tensor Linear(Tensor input, Tensor weight, Tensor bias, Precision precision) => precision == Precision.Float32
        ? F.linear(input, weight, bias)
        : Widened(F.linear(Rounded(input), Rounded(weight), Rounded(bias)));

    /// <summary>
    /// On a 1x1 map every tap but the centre falls on padding. On processors torch leaves part of the weights' gradient unwritten there
    /// when a dense convolution has a stride and its numbers are bfloat16.
    /// </summary>
    private static Tensor RoundedConvolution(LayerSignature signature, Tensor input, Tensor weight) =>
        signature is { Kind: OperatorKind.Convolution, Kernel: > 1, Input: { Height: 1, Width: 1 } } && signature.Kernel == 2 * signature.Padding + 1
            ? ConvolutionKernel.Apply(signature with { Kernel = 1, Stride = 1, Padding = 0 }, input, Tap(weight, signature.Padding))
            : ConvolutionKernel.Apply(signature, input, weight);

    private static Tensor Tap(Tensor weight, int position) => weight.narrow(2, position, 1).narrow(3, position, 1);

    private static Tensor Rounded(Tensor value) => value.to(ScalarType.BFloat16);

    private static Tensor Widened(Tensor value) => value.to(ScalarType.Float32);
}
