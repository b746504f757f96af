using AutoSlim.Training.Exporting;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Exporting;

public sealed class OnnxExportTests
{
    private const double Tolerance = 1e-5;

    [Fact]
    public void Folded_weights_reproduce_convolution_then_batch_norm_at_every_layer()
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        using var network = TinyTraining.Network();
        RandomAffine(network);
        var configuration = network.Definition.Narrowest.With("block3.expand", 23);
        using var statistics = BatchNormCalibration.Of(network, configuration, TinyTraining.Batches(60, 30));
        var slim = network.Definition.Resolve(configuration);
        var slices = WeightSlices.Views(network.Weights);
        var folded = LayerFolding.Fold(slim, network.Weights, statistics);
        foreach (var layer in BatchNorm.NormalisedLayers(slim))
        {
            var signature = layer.Signature;
            var input = TinyTraining.Noise(4, signature.Input.Channels, signature.Input.Height, signature.Input.Width);
            var expected = statistics.Apply(layer, ConvolutionKernel.Direct(signature, input, slices.Kernel(layer)), slices);
            var (kernel, bias) = folded[layer.Name];
            var weight = tensor(kernel).view(slices.Kernel(layer).shape);
            var actual = ConvolutionKernel.Direct(signature, input, weight) + tensor(bias).view(1, -1, 1, 1);
            Assert.True((expected - actual).abs().max().item<float>() <= Tolerance * Math.Max(1, expected.abs().max().item<float>()), layer.Name);
        }

        Assert.Equal(TinyTraining.Elements(network.Weights["classifier.weight"].narrow(1, 0, 192)), folded["classifier"].Kernel);
    }

    [Fact]
    public void The_model_is_as_large_as_the_slim_network()
    {
        using var network = TinyTraining.Network();
        var configuration = network.Definition.Narrowest;
        using var statistics = BatchNormCalibration.Of(network, configuration, TinyTraining.Batches(40, 20));
        var bytes = OnnxExport.ToBytes(network, configuration, statistics);
        var parameters = LayerFolding.Fold(network.Definition.Resolve(configuration), network.Weights, statistics).Values.Sum(it => it.Kernel.Length + it.Bias.Length);
        Assert.InRange(bytes.Length, 4 * parameters, 4 * parameters + 40_000);
    }

    [Fact]
    public void Statistics_of_another_width_are_refused()
    {
        using var network = TinyTraining.Network();
        using var statistics = BatchNormCalibration.Of(network, network.Widest, TinyTraining.Batches(40, 20));
        var message = Assert.Throws<ArgumentException>(() => OnnxExport.ToBytes(network, network.Definition.Narrowest, statistics)).Message;
        Assert.Contains("layer 'tail' has 320 channels, expected 192", message, StringComparison.Ordinal);
    }

    /// <summary>As after training: gamma is not all ones, beta not all zeros.</summary>
    private static void RandomAffine(SlimmableNetwork network)
    {
        foreach (var (name, weight) in network.Weights.Named)
            if (name.EndsWith(".gamma", StringComparison.Ordinal) || name.EndsWith(".beta", StringComparison.Ordinal)) weight.add_(randn_like(weight) * 0.3);
    }
}
