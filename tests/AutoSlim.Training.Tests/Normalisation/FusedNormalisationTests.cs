using AutoSlim.Networks;
using AutoSlim.Training.Normalisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace AutoSlim.Training.Tests.Normalisation;

public sealed class FusedNormalisationTests
{
    private const double Epsilon = SlimmableNetwork.BatchNormEpsilon;

    /// <summary>Maps of a few hundred rows and of thousands, in whole blocks and with some rows over.</summary>
    public static MatrixTheoryData<Activation, int[]> Cases => new(
        [Activation.None, Activation.Relu, Activation.Relu6], [[4, 8, 8, 8], [3, 24, 11, 13], [2, 40, 16, 16], [7, 16, 37, 37], [40, 8, 32, 32]]);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Values_and_gradients_are_those_of_torch_in_double_precision(Activation activation, int[] shape)
    {
        using var scope = NewDisposeScope();
        var layer = Layer.Random(shape);
        var expected = Run(InDoublePrecision, layer, activation);
        var actual = Run(Fused, layer, activation);
        Assert.All(expected.Zip(actual), pair => Near(pair.First, pair.Second));
    }

    [Theory]
    [InlineData(Activation.None)]
    [InlineData(Activation.Relu6)]
    public void Without_a_gradient_the_values_are_the_same_to_the_bit_and_take_the_input_s_place(Activation activation)
    {
        using var scope = NewDisposeScope();
        var layer = Layer.Random([7, 16, 37, 37]);
        var expected = TinyTraining.Elements(Run(Fused, layer, activation)[0]);
        using var noGradient = no_grad();
        var input = MemoryLayout.ChannelsLast(layer.Value);
        var output = FusedNormalisation.Apply(input, layer.Gamma, layer.Beta, activation, Epsilon);
        Assert.Equal(expected, TinyTraining.Elements(output));
        Assert.Equal(expected, TinyTraining.Elements(input));
    }

    /// <summary>Each channel has its mean a thousand deviations away from zero, where the mean of squares less the square of the mean is noise.</summary>
    [Fact]
    public void A_large_mean_costs_no_precision()
    {
        using var scope = NewDisposeScope();
        var layer = Layer.Random([7, 16, 37, 37]);
        layer = layer with { Value = layer.Value + 1000 };
        Near(Run(InDoublePrecision, layer, Activation.None)[0], Run(Fused, layer, Activation.None)[0], 1e-3);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        using var scope = NewDisposeScope();
        var layer = Layer.Random([40, 8, 32, 32]);
        var alone = Run(Fused, layer, Activation.Relu6).Select(TinyTraining.Elements).ToList();
        set_num_threads(3);
        try
        {
            Assert.Equal(alone, Run(Fused, layer, Activation.Relu6).Select(TinyTraining.Elements));
        }
        finally
        {
            set_num_threads(1);
        }
    }

    [Fact]
    public void What_is_not_a_number_spoils_its_channel_and_no_other()
    {
        using var scope = NewDisposeScope();
        var layer = Layer.Random([4, 16, 8, 8]);
        layer.Value[1, 5, 2, 3] = float.NaN;
        var isNumber = Run(Fused, layer, Activation.Relu6)[0].isnan().logical_not().to_type(ScalarType.Float32).mean([0, 2, 3]);
        Assert.Equal(Enumerable.Range(0, 16).Select(channel => channel == 5 ? 0f : 1f), TinyTraining.Elements(isNumber));
    }

    /// <summary>The mean over pixels hands back one number for all of them, which lies in memory once.</summary>
    [Fact]
    public void A_gradient_that_is_spread_over_the_pixels_is_taken()
    {
        using var scope = NewDisposeScope();
        var layer = Layer.Random([4, 16, 8, 8]);
        var expected = Run((value, gamma, beta, activation) => InDoublePrecision(value, gamma, beta, activation).mean([2, 3]), layer, Activation.Relu, ones(4, 16));
        var actual = Run((value, gamma, beta, activation) => Fused(value, gamma, beta, activation).mean([2, 3]), layer, Activation.Relu, ones(4, 16));
        Assert.All(expected.Zip(actual), pair => Near(pair.First, pair.Second));
    }

    [Fact]
    public void Nothing_stays_behind_a_way_there_and_back()
    {
        var before = LiveTensors.Count();
        for (var step = 0; step < 3; step++)
        {
            using var scope = NewDisposeScope();
            Run(Fused, Layer.Random([4, 16, 8, 8]), Activation.Relu6);
        }

        Assert.Equal(before, LiveTensors.Count());
    }

    [Fact]
    public void Torch_keeps_what_does_not_fit()
    {
        using var scope = NewDisposeScope();
        var fits = MemoryLayout.ChannelsLast(rand(4, 16, 8, 8));
        Assert.True(FusedNormalisation.Fits(fits, Activation.Relu6));
        Assert.False(FusedNormalisation.Fits(fits, Activation.HardSwish));
        Assert.False(FusedNormalisation.Fits(fits.contiguous(), Activation.Relu6));
        Assert.False(FusedNormalisation.Fits(fits.to(ScalarType.Float64), Activation.Relu6));
        Assert.False(FusedNormalisation.Fits(MemoryLayout.ChannelsLast(rand(4, 15, 8, 8)), Activation.Relu6));
        Assert.False(FusedNormalisation.Fits(MemoryLayout.ChannelsLast(rand(2, 16, 8, 8)), Activation.Relu6));
    }

    private sealed record Layer(Tensor Value, Tensor Gamma, Tensor Beta, Tensor Gradient)
    {
        public static Layer Random(int[] shape)
        {
            using var generator = new Generator(11);
            long[] size = [.. shape.Select(length => (long)length)];
            var value = randn(size, generator: generator) * rand([1, size[1], 1, 1], generator: generator) + randn([1, size[1], 1, 1], generator: generator);
            return new(value, rand(size[1], generator: generator) * 3 + 0.5, randn(size[1], generator: generator), randn(size, generator: generator));
        }
    }

    private static Tensor Fused(Tensor value, Tensor gamma, Tensor beta, Activation activation) =>
        FusedNormalisation.Apply(MemoryLayout.ChannelsLast(value), gamma, beta, activation, Epsilon);

    private static Tensor InDoublePrecision(Tensor value, Tensor gamma, Tensor beta, Activation activation) =>
        Activations.Apply(F.batch_norm(Wide(value), null!, null!, Wide(gamma), Wide(beta), training: true, eps: Epsilon), activation).to(ScalarType.Float32);

    private static Tensor Wide(Tensor tensor) => tensor.to(ScalarType.Float64);

    /// <summary>Output and gradients of value, gamma and beta. No gradient comes in where rounding decides on which side of the clamp a number lies.</summary>
    private static Tensor[] Run(Func<Tensor, Tensor, Tensor, Activation, Tensor> function, Layer layer, Activation activation, Tensor? gradient = null)
    {
        Tensor[] leaves = [.. new[] { layer.Value, layer.Gamma, layer.Beta }.Select(tensor => tensor.clone().requires_grad_())];
        var result = function(leaves[0], leaves[1], leaves[2], activation);
        result.backward([gradient ?? layer.Gradient * AwayFromTheClamp(layer)]);
        return [result.detach(), .. leaves.Select(leaf => leaf.grad!)];
    }

    private static Tensor AwayFromTheClamp(Layer layer)
    {
        using var noGradient = no_grad();
        var exact = InDoublePrecision(layer.Value, layer.Gamma, layer.Beta, Activation.None);
        return (exact.abs().gt(1e-4) & (exact - 6).abs().gt(1e-4)).to_type(ScalarType.Float32);
    }

    private static void Near(Tensor expected, Tensor actual, double tolerance = 1e-5)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<float>(), 0, tolerance * (1 + expected.abs().max().item<float>()));
    }
}
