using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Tests.Onnx;

public sealed class ProbeModelTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Operators =>
    [
        "Convolution 3x9x9 to 16 k3 s2 p1 Relu6",
        "Convolution 13x8x8 to 61 k1 s1 p0 None",
        "Convolution 16x7x7 to 8 k1 s2 p0 Relu",
        "DepthwiseConvolution 24x8x8 to 24 k5 s2 p2 Relu6",
        "DepthwiseConvolution 13x7x7 to 13 k3 s1 p1 Relu",
        "Addition 16x4x4 to 16 k1 s1 p0 None",
        "Addition 12x4x4 to 12 k1 s1 p0 Relu",
        "MaxPooling 16x8x8 to 16 k3 s2 p1 None",
        "GlobalAveragePooling 24x3x3 to 24 k1 s1 p0 None",
        "Linear 40x1x1 to 10 k1 s1 p0 None",
    ];

    [Theory]
    [MemberData(nameof(Operators))]
    public void A_lone_operator_computes_what_its_signature_says(string text)
    {
        var signature = LayerSignature.Parse(text);
        float[][] inputs = [.. Enumerable.Range(0, signature.Kind == OperatorKind.Addition ? 2 : 1).Select(i => RandomValues.Of(signature.Input.Elements, (ulong)i))];
        var expected = NaiveOperator.Run(signature, inputs, WeightShape.Has(signature) ? RandomWeights.For(signature, 0) : null);
        var (_, values) = RuntimeModel.Run(ProbeModel.For(signature), 1, inputs);
        Assert.All(expected.Zip(values), it => Assert.Equal(it.First, it.Second, Tolerance));
        Assert.Equal(expected.Length, values.Length);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void An_operator_in_context_reads_what_the_lead_writes(string text)
    {
        var signature = LayerSignature.Parse(text);
        var pointwise = new LayerSignature(OperatorKind.Convolution, signature.Input, signature.Input.Channels);
        var image = RandomValues.Of(signature.Input.Elements, 1);
        var lead = NaiveOperator.Run(pointwise, [image], RandomWeights.For(pointwise, 1));
        float[][] inputs = signature.Kind == OperatorKind.Addition ? [lead, NaiveOperator.Run(pointwise, [lead], RandomWeights.For(pointwise, 2))] : [lead];
        var target = NaiveOperator.Run(signature, inputs, WeightShape.Has(signature) ? RandomWeights.For(signature, 0) : null);
        AssertFirstPixels(target, signature.Output, ProbeModel.InContext(signature), image);
        AssertFirstPixels(inputs[^1], signature.Input, ProbeModel.ContextOnly(signature), image);
    }

    [Fact]
    public void The_empty_model_returns_its_input() => Assert.Equal([7f], RuntimeModel.Run(ProbeModel.Empty(), 1, [7f]).Values);

    [Theory]
    [MemberData(nameof(Operators))]
    public void Probes_are_the_same_every_time(string text)
    {
        var signature = LayerSignature.Parse(text);
        Assert.Equal(ProbeModel.For(signature), ProbeModel.For(signature));
        Assert.Equal(ProbeModel.InContext(signature), ProbeModel.InContext(signature));
        Assert.Equal(ProbeModel.ContextOnly(signature), ProbeModel.ContextOnly(signature));
        Assert.NotEqual(ProbeModel.InContext(signature), ProbeModel.ContextOnly(signature));
    }

    [Theory]
    [InlineData(MobileNetV1.Name)]
    [InlineData(MobileNetV2.Name)]
    [InlineData(MnasNet.Name)]
    [InlineData(ResNet50.Name)]
    public void Every_operator_of_a_whole_network_runs_with_sane_numbers(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 64, Classes: 10));
        var network = definition.Resolve(definition.Uniform(1));
        var (shape, logits) = RuntimeModel.Run(ProbeModel.ForNetwork(network), 1, RandomValues.Of(network.Input.Elements, 1));
        Assert.Equal([1, 10], shape);
        Assert.InRange(logits.Max(Math.Abs), 1e-3f, 1e3f);
    }

    /// <summary>The end of a context lets the first pixel of every channel through.</summary>
    private static void AssertFirstPixels(float[] expected, TensorShape shape, byte[] model, float[] image)
    {
        var (_, values) = RuntimeModel.Run(model, 1, image);
        Assert.Equal(shape.Channels, values.Length);
        Assert.All(values.Index(), it => Assert.Equal(expected[it.Index * shape.Height * shape.Width], it.Item, Tolerance));
    }
}
