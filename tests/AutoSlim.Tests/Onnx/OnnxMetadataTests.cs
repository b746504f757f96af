using AutoSlim.Networks;
using AutoSlim.Onnx;
using CsCheck;

namespace AutoSlim.Tests.Onnx;

public sealed class OnnxMetadataTests
{
    private static readonly ResolvedNetwork Network = Small();
    private static readonly byte[] Model = OnnxWriter.Write(Network, RandomWeights.For(Network));

    [Fact]
    public void An_entry_is_found_again_beside_those_that_were_there()
    {
        var marked = OnnxMetadata.With(Model, "weights", "abc");
        Assert.Equal("abc", OnnxMetadata.Find(marked, "weights"));
        Assert.Equal("mobilenet_v1", OnnxMetadata.Find(marked, "network"));
        Assert.Null(OnnxMetadata.Find(Model, "weights"));
        Assert.Equal(RuntimeModel.Parse(Model).Graph, RuntimeModel.Parse(marked).Graph);
    }

    [Fact]
    public void A_second_entry_of_the_same_key_is_refused() =>
        Assert.Throws<ArgumentException>(() => OnnxMetadata.With(OnnxMetadata.With(Model, "weights", "abc"), "weights", "abd"));

    [Fact]
    public void Bytes_that_are_no_model_give_one_kind_of_fault() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        try
        {
            OnnxMetadata.Find(bytes, "weights");
        }
        catch (InvalidDataException)
        {
            // Told as what it is.
        }
    });

    private static ResolvedNetwork Small()
    {
        var definition = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 16, Classes: 10));
        return definition.Resolve(definition.Narrowest);
    }
}
