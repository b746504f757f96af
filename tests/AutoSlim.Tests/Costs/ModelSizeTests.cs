using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Tests.Costs;

public sealed class ModelSizeTests
{
    private const int LargestFrame = 64_000;

    public static TheoryData<string> Networks => [.. NetworkCatalog.Names];

    [Theory]
    [MemberData(nameof(Networks))]
    public void An_exported_file_is_the_counted_weights_and_a_little_more(string name)
    {
        var definition = NetworkCatalog.Create(new(name, StrideLayout.Imagenet, 32, Classes: 10, MaximumWidth: 0.5));
        var network = definition.Resolve(definition.Widest);
        Assert.InRange(ProbeModel.ForNetwork(network).Length - ModelSize.Bytes(network), 1, LargestFrame);
    }
}
