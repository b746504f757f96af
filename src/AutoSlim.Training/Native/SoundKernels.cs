using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Native;

/// <summary>
/// Whether torch's convolutions in single precision give what double precision gives, which oneDNN has no part in: on some processors they
/// do not, and everything that is trained there would be worth nothing. See <see cref="KernelChoice"/>.
/// </summary>
internal static class SoundKernels
{
    private const int Batch = 32;
    private const double Tolerance = 1e-3;

    /// <summary>Input channels, pixels on a side, output channels, kernel, stride, groups. Where it was noticed the first row was wrong with AVX-512, the second with AVX2.</summary>
    private static readonly (int Input, int Size, int Output, int Kernel, int Stride, int Groups)[] Shapes =
    [
        (24, 7, 40, 1, 1, 1), (16, 8, 40, 1, 1, 1), (144, 2, 40, 1, 1, 1), (40, 4, 80, 1, 1, 1),
        (16, 7, 80, 1, 1, 1), (16, 5, 80, 1, 1, 1), (8, 3, 104, 1, 1, 1), (16, 3, 80, 3, 1, 1), (56, 4, 48, 1, 2, 1),
        (12, 8, 16, 3, 1, 1), (20, 5, 24, 3, 2, 1),
        (16, 8, 24, 3, 1, 1), (24, 8, 24, 3, 2, 24),
    ];

    /// <summary>Takes some milliseconds, on the processor.</summary>
    /// <exception cref="ComputeDeviceException">They do not; says what to do.</exception>
    public static void Require()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        foreach (var shape in Shapes)
        {
            var (input, weight) = (Waves(Batch, shape.Input, shape.Size, shape.Size), Waves(shape.Output, shape.Input / shape.Groups, shape.Kernel, shape.Kernel));
            var name = FormattableString.Invariant($"{shape.Input} to {shape.Output} channels, kernel {shape.Kernel}, stride {shape.Stride}, {shape.Size}x{shape.Size} pixels");
            Require(name, Convolved(input, weight, shape).flatten(2), Multiplied(input.to(ScalarType.Float64), weight.to(ScalarType.Float64), shape));
        }
    }

    internal static void Require(string shape, Tensor single, Tensor exact)
    {
        var error = ((single.to(ScalarType.Float64) - exact).abs().max() / exact.abs().max()).item<double>();
        if (error <= Tolerance) return;
        throw new ComputeDeviceException(FormattableString.Invariant($"torch computes convolutions wrongly on this processor ({shape}: off by {error:0.0e0} of the largest value); set {KernelChoice.Variable}={KernelChoice.Sound} in the environment and start again"));
    }

    private static Tensor Convolved(Tensor input, Tensor weight, (int Input, int Size, int Output, int Kernel, int Stride, int Groups) shape) => F.conv2d(
        input.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2), weight, strides: [shape.Stride, shape.Stride], padding: [shape.Kernel / 2, shape.Kernel / 2], groups: shape.Groups);

    /// <summary>The same as a product of matrices: batch x output channels x pixels.</summary>
    private static Tensor Multiplied(Tensor input, Tensor weight, (int Input, int Size, int Output, int Kernel, int Stride, int Groups) shape)
    {
        var taps = F.unfold(input, kernel_size: shape.Kernel, padding: shape.Kernel / 2, stride: shape.Stride);
        var products = weight.view(shape.Groups, shape.Output / shape.Groups, -1).matmul(taps.view(Batch, shape.Groups, -1, taps.shape[2]));
        return products.view(Batch, shape.Output, -1);
    }

    /// <summary>Numbers between -1 and 1 that no generator's state depends on.</summary>
    private static Tensor Waves(params long[] shape) =>
        tensor([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (all, side) => all * side)).Select(index => MathF.Sin(0.7f * index))], shape);
}
