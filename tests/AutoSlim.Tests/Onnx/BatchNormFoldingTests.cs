using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Tests.Onnx;

public sealed class BatchNormFoldingTests
{
    private const double Epsilon = 1e-5;

    [Theory]
    [InlineData(OperatorKind.Convolution)]
    [InlineData(OperatorKind.DepthwiseConvolution)]
    public void A_folded_convolution_equals_convolution_then_batch_norm(OperatorKind kind)
    {
        var signature = new LayerSignature(kind, new(6, 5, 5), OutputChannels: 6, Kernel: 3, Padding: 1);
        var kernel = RandomValues.Of(WeightShape.Elements(signature), 1);
        float[] gamma = RandomValues.Of(6, 2), beta = RandomValues.Of(6, 3), mean = RandomValues.Of(6, 4), variance = [.. RandomValues.Of(6, 5).Select(value => value + 1.5f)];
        var image = RandomValues.Of(signature.Input.Elements, 6);
        var plain = NaiveOperator.Run(signature, [image], new(kernel, new float[6]));
        var expected = plain.Index().Select(it => (it.Index / 25, it.Item)).Select(it =>
            beta[it.Item1] + gamma[it.Item1] * (it.Item - mean[it.Item1]) / Math.Sqrt(variance[it.Item1] + Epsilon));
        var folded = NaiveOperator.Run(signature, [image], BatchNormFolding.Fold(kernel, gamma, beta, mean, variance, Epsilon));
        Assert.All(expected.Zip(folded), it => Assert.Equal(it.First, it.Second, 1e-5));
    }

    [Fact]
    public void Statistics_of_different_widths_are_refused() =>
        Assert.Throws<ArgumentException>(() => BatchNormFolding.Fold(new float[8], new float[2], new float[2], new float[3], new float[2], Epsilon));

    [Fact]
    public void A_kernel_that_the_channels_do_not_divide_is_refused() =>
        Assert.Throws<ArgumentException>(() => BatchNormFolding.Fold(new float[7], new float[2], new float[2], new float[2], new float[2], Epsilon));
}
