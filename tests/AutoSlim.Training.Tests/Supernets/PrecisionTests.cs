using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Supernets;

/// <summary>Bfloat16 has 8 bits of mantissa: one rounding is off by up to 1/256.</summary>
public sealed class PrecisionTests : IDisposable
{
    private const double Rounding = 1.0 / 256;

    private readonly SlimmableNetwork network = TinyTraining.Network();

    public static TheoryData<string> Networks => [.. NetworkCatalog.Names];

    public void Dispose() => network.Dispose();

    /// <summary>Output and gradients of every layer on its own: over fifty untrained layers normalised by their batch any rounding grows a hundredfold.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void A_layer_rounds_its_factors_once_there_and_back(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 16, InputChannels: 1, Classes: 10, MaximumWidth: 0.25));
        var signatures = new[] { definition.Widest, definition.Narrowest }.SelectMany(configuration => definition.Resolve(configuration).Layers)
            .Select(layer => layer.Signature).Where(signature => signature.IsConvolution).Distinct().ToList();
        Assert.NotEmpty(signatures);
        Assert.All(signatures, signature =>
        {
            using var scope = NewDisposeScope();
            var rounded = Convolve(signature, Precision.Bfloat16);
            foreach (var (left, right) in Convolve(signature, Precision.Float32).Zip(rounded)) Near(left, right, signature);
            Assert.True(rounded[0].numel() == rounded[0].shape[0] * rounded[0].shape[1] || rounded[0].stride()[1] == 1, $"{signature} leaves channels last");
        });
    }

    /// <summary>Residual blocks that start as the identity, so that the depth does not magnify the rounding.</summary>
    [Theory]
    [InlineData("resnet18")]
    [InlineData("resnet34")]
    public void Logits_in_bfloat16_are_near_those_in_float32_but_not_the_same(string name)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 16, InputChannels: 1, Classes: 10, MaximumWidth: 0.25));
        using var shallow = new SlimmableNetwork(definition, definition.Widest, 1);
        shallow.StartResidualsAtZero();
        var images = TinyTraining.Noise(64, 1, 16, 16);
        var (exact, rounded) = (Logits(shallow, images, Precision.Float32), Logits(shallow, images, Precision.Bfloat16));
        var error = ((exact - rounded).square().mean().sqrt() / exact.square().mean().sqrt()).item<float>();
        Assert.InRange(error, Rounding / 16, 16 * Rounding);
        Assert.Equal(ScalarType.Float32, rounded.dtype);
    }

    [Fact]
    public void Weights_gradients_and_momentum_stay_in_float32_and_the_loss_falls()
    {
        var losses = new List<double>();
        var options = new TrainingOptions { Epochs = 20, BatchSize = 20, Augment = AugmentationKind.None, StartResidualsAtZero = true, Precision = Precision.Bfloat16 };
        network.StartResidualsAtZero();
        using var trainer = new Trainer(network, WidthSampler.Sandwich(network.Definition), TinyTraining.Images(20), TinyTraining.Normalization, options);
        for (var epoch = 0; epoch < options.Epochs; epoch++) trainer.RunEpoch(epoch, progress => losses.Add(progress.Loss), CancellationToken.None);
        Assert.True(losses[^1] < losses[0] - 0.3, $"the smoothed loss went from {losses[0]} to {losses[^1]}");
        var tensors = network.Weights.Named.Values.SelectMany(weight => new[] { weight, weight.grad! }).Concat(trainer.State.Tensors.Select(buffer => buffer.Value));
        Assert.All(tensors, tensor => Assert.Equal(ScalarType.Float32, tensor.dtype));
    }

    [Fact]
    public void Gradients_in_bfloat16_point_where_those_in_float32_do()
    {
        network.StartResidualsAtZero();
        var (exact, rounded) = (Gradient(Precision.Float32), Gradient(Precision.Bfloat16));
        Assert.NotEqual(exact, rounded);
        Assert.InRange(exact.Zip(rounded, (left, right) => (double)left * right).Sum() / (Norm(exact) * Norm(rounded)), 0.98, 1);
    }

    [Fact]
    public void A_step_in_bfloat16_leaves_nothing_behind()
    {
        Gradient(Precision.Bfloat16);
        var before = LiveTensors.Count();
        Gradient(Precision.Bfloat16);
        Assert.Equal(before, LiveTensors.Count());
    }

    /// <summary>Output, gradient of the input and gradient of the weight. What a kernel leaves unwritten shows: the memory was full of no-numbers.</summary>
    private static Tensor[] Convolve(LayerSignature signature, Precision precision)
    {
        var groups = signature.Kind == OperatorKind.DepthwiseConvolution ? signature.Input.Channels : 1;
        var input = MemoryLayout.ChannelsLast(TinyTraining.Noise(6, signature.Input.Channels, signature.Input.Height, signature.Input.Width)).detach().requires_grad_();
        var weight = MemoryLayout.ChannelsLast(TinyTraining.Noise(signature.OutputChannels, signature.Input.Channels / groups, signature.Kernel, signature.Kernel)).detach().requires_grad_();
        for (var copies = 1; copies <= 16; copies *= 2) full(copies * weight.numel() / 2 + 1, float.NaN).Dispose();
        var output = Products.Convolution(signature, input, weight, precision);
        (output * output).mean().backward();
        return [output, input.grad!, weight.grad!];
    }

    private static void Near(Tensor exact, Tensor rounded, LayerSignature signature)
    {
        Assert.Equal((ScalarType.Float32, ScalarType.Float32), (exact.dtype, rounded.dtype));
        var error = ((exact - rounded).abs().max() / exact.abs().max()).item<float>();
        Assert.True(error <= 4 * Rounding, $"{signature} is off by {error}");
    }

    private static Tensor Logits(SlimmableNetwork of, Tensor images, Precision precision)
    {
        using var weights = WeightSlices.Leaves(of.Weights, precision: precision);
        return of.Forward(images, of.Widest, BatchNorm.OfBatch, weights);
    }

    /// <summary>Of the classifier's weights, after one step of the sandwich.</summary>
    private float[] Gradient(Precision precision)
    {
        using var scope = NewDisposeScope();
        var batch = TinyTraining.Batches(40, 40).Single();
        using var step = new SandwichStep(network, [network.Widest, network.Definition.Narrowest], precision);
        step.Run(ImageTensor.Of(batch, network.Definition.Input, network.Device), ImageTensor.Labels(batch, network.Device), labelSmoothing: 0.1);
        var gradient = TinyTraining.Elements(network.Weights["classifier.weight"].grad!);
        foreach (var parameter in network.Weights.Named.Values) parameter.grad = null;
        return gradient;
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));
}
