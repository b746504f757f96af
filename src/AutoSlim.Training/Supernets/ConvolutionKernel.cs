using AutoSlim.Networks;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Supernets;

/// <summary>
/// Convolutions by the quickest equal road on a processor; <see cref="Direct"/> is the reference. Torch's own kernels lose much on
/// small maps and where the layout is lost (one core, batch 64, milliseconds there and back): 480 to 1920 pointwise on 1x1 maps
/// 14, as a matrix product 4.6; 576 depthwise on 2x2 maps 1.7, padded beforehand 0.6; on 1x1 maps 6.7, as a product 0.1.
/// </summary>
internal static class ConvolutionKernel
{
    private const int LargestProductMap = 2;

    public static Tensor Apply(LayerSignature signature, Tensor input, Tensor weight)
    {
        if (IsPointwise(signature)) return Pointwise(input, weight);
        if (IsSparsePointwise(signature)) return Apply(Sampled(signature), Sampled(signature, input), weight);
        if (IsCentreTap(signature)) return CentreTap(signature, input, weight);
        return IsAllBorder(signature) ? PaddedBefore(signature, input, weight) : InChannelsLast(signature, Direct(signature, input, weight));
    }

    public static Tensor Direct(LayerSignature signature, Tensor input, Tensor weight) => Convolve(signature, input, weight, signature.Padding);

    private static Tensor Convolve(LayerSignature signature, Tensor input, Tensor weight, int padding) => F.conv2d(
        input, weight, strides: [signature.Stride, signature.Stride], padding: [padding, padding],
        groups: signature.Kind == OperatorKind.DepthwiseConvolution ? signature.OutputChannels : 1);

    private static bool IsPointwise(LayerSignature signature) =>
        signature is { Kind: OperatorKind.Convolution, Kernel: 1, Stride: 1, Input: { Height: <= LargestProductMap, Width: <= LargestProductMap } };

    /// <summary>With one row for each pixel: where no gradient is asked for, torch multiplies a tensor of four dimensions image by image, four times slower.</summary>
    private static Tensor Pointwise(Tensor input, Tensor weight)
    {
        var pixels = input.permute(0, 2, 3, 1);
        var products = F.linear(pixels.reshape(-1, input.shape[1]), weight.flatten(1));
        return products.view(input.shape[0], input.shape[2], input.shape[3], -1).permute(0, 3, 1, 2);
    }

    /// <summary>
    /// Torch's way back through these writes past its memory where channels are few (with AVX-512 from maps of 48x48 on, with AVX2 at 14x14
    /// already; a few steps at most until the process dies): the pixels that a stride leaves are taken beforehand, whatever the channels.
    /// </summary>
    private static bool IsSparsePointwise(LayerSignature signature) =>
        signature is { Kind: OperatorKind.Convolution, Kernel: 1, Stride: > 1, Padding: 0 };

    private static LayerSignature Sampled(LayerSignature signature) =>
        signature with { Input = new(signature.Input.Channels, Sampled(signature.Input.Height, signature.Stride), Sampled(signature.Input.Width, signature.Stride)), Stride = 1 };

    private static int Sampled(int pixels, int stride) => (pixels + stride - 1) / stride;

    private static Tensor Sampled(LayerSignature signature, Tensor input) => MemoryLayout.ChannelsLast(
        input.slice(2, 0, signature.Input.Height, signature.Stride).slice(3, 0, signature.Input.Width, signature.Stride));

    /// <summary>
    /// On a 1x1 map every tap but the centre falls on padding. There no stride tells channels last from channels first, for which oneDNN has
    /// kernels of its own, wrong ones among them (<see cref="Native.KernelChoice"/>).
    /// </summary>
    private static bool IsCentreTap(LayerSignature signature) => signature.IsConvolution
        && signature is { Kernel: > 1, Input: { Height: 1, Width: 1 } } && signature.Kernel == 2 * signature.Padding + 1;

    private static Tensor CentreTap(LayerSignature signature, Tensor input, Tensor weight)
    {
        var centre = weight.select(2, signature.Padding).select(2, signature.Padding);
        return signature.Kind == OperatorKind.DepthwiseConvolution ? input * centre.view(1, -1, 1, 1) : Pointwise(input, centre);
    }

    /// <summary>Where every output sees padding, torch has no vectorised gradient of depthwise weights.</summary>
    private static bool IsAllBorder(LayerSignature signature) =>
        signature is { Kind: OperatorKind.DepthwiseConvolution, Kernel: 3, Padding: 1, Input: { Height: 2, Width: 2 } };

    private static Tensor PaddedBefore(LayerSignature signature, Tensor input, Tensor weight)
    {
        long padding = signature.Padding;
        return Convolve(signature, F.pad(input, [padding, padding, padding, padding]), weight, padding: 0);
    }

    /// <summary>An input of one channel has no layout to hand on, so torch falls back to channels first, for the whole network.</summary>
    private static Tensor InChannelsLast(LayerSignature signature, Tensor output) =>
        signature.Input.Channels == 1 ? MemoryLayout.ChannelsLast(output) : output;
}
