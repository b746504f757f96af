using AutoSlim.Networks;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Supernets;

public sealed class ConvolutionKernelTests
{
    private const int Batch = 3;
    private const int LargeBatch = 32;

    public static MatrixTheoryData<string, int> Cases => new([MobileNetV2.Name, MnasNet.Name, ResNet50.Name, MobileNetV3.LargeName], [8, 16, 32]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_road_gives_the_values_and_gradients_of_the_direct_one(string network, int resolution)
    {
        var definition = NetworkCatalog.Create(new(network, StrideLayout.Imagenet, resolution, MaximumWidth: 0.25));
        var signatures = definition.Resolve(definition.Widest).Layers.Where(layer => layer.Signature.Kind is OperatorKind.Convolution or OperatorKind.DepthwiseConvolution)
            .Select(layer => layer.Signature).Distinct().ToList();
        Assert.NotEmpty(signatures);
        Assert.All(signatures, Agree);
    }

    /// <summary>Which oneDNN, and so a processor's kernels, have no part in. Torch asks it for larger batches than those above.</summary>
    [Theory]
    [InlineData("mobilenet_v1", 28, 0.3)]
    [InlineData("mobilenet_v2", 32, 0.35)]
    [InlineData("mnasnet", 32, 0.5)]
    [InlineData("mobilenet_v3_small", 32, 0.6)]
    [InlineData("resnet18", 32, 0.25)]
    public void Values_and_gradients_are_those_of_double_precision(string network, int resolution, double width)
    {
        var definition = NetworkCatalog.Create(new(network, StrideLayout.Imagenet, resolution));
        var signatures = definition.Resolve(definition.Uniform(width)).Layers.Select(layer => layer.Signature).Where(signature => signature.IsConvolution).Distinct();
        Assert.All(signatures, signature => Agree(signature, InDoublePrecision, LargeBatch));
    }

    /// <summary>The fast roads must be among what is compared.</summary>
    [Theory]
    [InlineData(OperatorKind.Convolution, 1, 1)]
    [InlineData(OperatorKind.Convolution, 1, 2)]
    [InlineData(OperatorKind.Convolution, 3, 1)]
    [InlineData(OperatorKind.DepthwiseConvolution, 3, 1)]
    [InlineData(OperatorKind.DepthwiseConvolution, 3, 2)]
    [InlineData(OperatorKind.DepthwiseConvolution, 5, 1)]
    [InlineData(OperatorKind.DepthwiseConvolution, 5, 2)]
    public void Small_maps_agree_at_the_width_of_a_real_network(OperatorKind kind, int kernel, int size) =>
        Agree(new(kind, new(96, size, size), kind == OperatorKind.Convolution ? 160 : 96, kernel, Padding: kernel / 2));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_depthwise_convolution_with_a_stride_agrees_on_a_small_map(int size) =>
        Agree(new(OperatorKind.DepthwiseConvolution, new(24, size, size), 24, Kernel: 3, Stride: 2, Padding: 1));

    /// <summary>Of larger batches torch's own is wrong on some processors.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_wide_kernel_on_a_single_pixel_gives_what_double_precision_gives(int stride) =>
        Agree(new(OperatorKind.Convolution, new(20, 1, 1), 86, Kernel: 3, stride, Padding: 1), InDoublePrecision, LargeBatch);

    /// <summary>With the same on the pixels that the stride leaves: torch's own way back through these kills the process on some processors.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public void A_strided_pointwise_convolution_of_few_channels_agrees(int channels) =>
        Assert.All([14, 29, 40], size => Agree(new(OperatorKind.Convolution, new(channels, size, size), 24, Kernel: 1, Stride: 2), OnSampledPixels));

    /// <summary>Torch's own way kills the process here within some rounds.</summary>
    [Fact]
    public void A_strided_pointwise_convolution_of_few_channels_keeps_to_its_memory()
    {
        LayerSignature shortcut = new(OperatorKind.Convolution, new(8, 56, 56), 16, Kernel: 1, Stride: 2);
        for (var round = 0; round < 30; round++)
        {
            using var scope = NewDisposeScope();
            var tensors = Run(ConvolutionKernel.Apply, shortcut, TinyTraining.Noise(4, 8, 56, 56), TinyTraining.Noise(16, 8, 1, 1));
            Assert.All(tensors, tensor => Assert.True(tensor.isfinite().all().item<bool>()));
        }
    }

    [Fact]
    public void Grey_images_agree_and_leave_in_channels_last()
    {
        using var scope = NewDisposeScope();
        LayerSignature stem = new(OperatorKind.Convolution, new(1, 28, 28), 16, Kernel: 3, Stride: 2, Padding: 1);
        Agree(stem);
        Assert.Equal(1, ConvolutionKernel.Apply(stem, TinyTraining.Noise(2, 1, 28, 28), TinyTraining.Noise(16, 1, 3, 3)).stride()[1]);
    }

    /// <summary>As the search has them: the first channels of a wider output.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void First_channels_agree_where_no_gradient_is_asked_for(int size)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        LayerSignature expansion = new(OperatorKind.Convolution, new(40, size, size), 96, Kernel: 1);
        var (input, weight) = (MemoryLayout.ChannelsLast(TinyTraining.Noise(Batch, 64, size, size)).narrow(1, 0, 40), TinyTraining.Noise(96, 40, 1, 1));
        var (own, direct) = (ConvolutionKernel.Apply(expansion, input, weight), ConvolutionKernel.Direct(expansion, input, weight));
        Assert.Equal(direct.shape, own.shape);
        Assert.InRange((own - direct).abs().max().item<float>(), 0, 1e-4f);
    }

    private static Tensor InDoublePrecision(LayerSignature signature, Tensor input, Tensor weight) =>
        ConvolutionKernel.Direct(signature, input.to(ScalarType.Float64), weight.to(ScalarType.Float64)).to(ScalarType.Float32);

    private static Tensor OnSampledPixels(LayerSignature signature, Tensor input, Tensor weight)
    {
        var every = TensorIndex.Slice(step: signature.Stride);
        return ConvolutionKernel.Direct(signature with { Stride = 1 }, input[TensorIndex.Ellipsis, every, every], weight);
    }

    private static void Agree(LayerSignature signature) => Agree(signature, ConvolutionKernel.Direct);

    private static void Agree(LayerSignature signature, Func<LayerSignature, Tensor, Tensor, Tensor> reference, int batch = Batch)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5);
        var groups = signature.Kind == OperatorKind.DepthwiseConvolution ? signature.Input.Channels : 1;
        var input = randn([batch, signature.Input.Channels, signature.Input.Height, signature.Input.Width], generator: generator);
        var weight = randn([signature.OutputChannels, signature.Input.Channels / groups, signature.Kernel, signature.Kernel], generator: generator);
        weight /= Math.Sqrt(weight[0].numel());
        var expected = Run(reference, signature, input, weight);
        var actual = Run(ConvolutionKernel.Apply, signature, input, weight);
        foreach (var (left, right) in expected.Zip(actual)) Near(left, right, signature);
    }

    /// <summary>Output, gradient of the input and gradient of the weight.</summary>
    private static Tensor[] Run(Func<LayerSignature, Tensor, Tensor, Tensor> convolve, LayerSignature signature, Tensor images, Tensor kernel)
    {
        var input = MemoryLayout.ChannelsLast(images).detach().requires_grad_();
        var weight = MemoryLayout.ChannelsLast(kernel).detach().requires_grad_();
        var output = convolve(signature, input, weight);
        (output * output).mean().backward();
        return [output, input.grad!, weight.grad!];
    }

    private static void Near(Tensor expected, Tensor actual, LayerSignature signature)
    {
        Assert.Equal(expected.shape, actual.shape);
        var scale = Math.Max(1, expected.abs().max().item<float>());
        Assert.True((expected - actual).abs().max().item<float>() <= 1e-5 * scale, $"{signature}");
    }
}
