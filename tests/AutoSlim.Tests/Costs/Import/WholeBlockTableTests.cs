using AutoSlim.Costs;
using AutoSlim.Costs.Import;
using AutoSlim.Networks;

namespace AutoSlim.Tests.Costs.Import;

/// <summary>A table in the form of once-for-all that has every block of MobileNet v3 at several widths, as none of the published ones has.</summary>
public sealed class WholeBlockTableTests : IDisposable
{
    private const int Configurations = 128;
    private const double MicrosecondsPerMultiplyAdd = 1e-4;

    private static readonly NetworkDefinition Definition = NetworkCatalog.Create(new(MobileNetV3.SmallName, StrideLayout.Imagenet, 224, 3, 1000));

    private readonly ImportedFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void It_prices_every_width_of_the_network()
    {
        var table = file.Read(string.Concat(Entries().Distinct()), ImportFormat.OnceForAll).Table;
        Assert.Empty(ProfilingPlan.Unpriced(Definition, table));
        foreach (var configuration in new[] { Definition.Widest, Definition.Narrowest, Definition.Uniform(0.75) })
        {
            var network = Definition.Resolve(configuration);
            Assert.Equal(1000 * table.SumMilliseconds(network), network.Signatures.Where(IsTimed).Sum(Microseconds), (found, expected) => Math.Abs(found / expected - 1) < 0.02);
        }
    }

    private static List<string> Entries()
    {
        var random = new SplitMix64(1);
        var entries = new List<string>();
        for (var count = 0; count < Configurations; count++)
            entries.AddRange(Entries(Definition.Resolve(new(Definition.Groups.Select(group => KeyValuePair.Create(group.Name, random.Below(2) == 0 ? group.Minimum : group.Maximum))))));
        return entries;
    }

    private static IEnumerable<string> Entries(ResolvedNetwork network)
    {
        var layers = network.Layers.ToDictionary(layer => layer.Name, layer => layer.Signature);
        yield return Entry("Conv", layers["stem"], layers["stem"]);
        yield return Entry("Conv_1", layers["tail"], layers["tail"]);
        yield return Entry("Conv_2", layers["hidden"], layers["hidden"]);
        yield return Entry("Logits", layers["classifier"], layers["classifier"]);
        foreach (var (name, depthwise) in layers.Where(layer => layer.Key.EndsWith(".depthwise", StringComparison.Ordinal)))
        {
            var (expand, project) = (layers.GetValueOrDefault(name.Replace("depthwise", "expand", StringComparison.Ordinal)), layers[name.Replace("depthwise", "project", StringComparison.Ordinal)]);
            yield return Entry("expanded_conv", expand ?? depthwise, project, Fields(depthwise), expand is null ? [depthwise, project] : [expand, depthwise, project]);
        }
    }

    private static string Fields(LayerSignature depthwise) =>
        $"-expand:{depthwise.OutputChannels}-kernel:{depthwise.Kernel}-stride:{depthwise.Stride}-idskip:0-se:0-hs:{(depthwise.Activation == Activation.HardSwish ? 1 : 0)}";

    private static string Entry(string kind, LayerSignature first, LayerSignature last, string fields = "", params IReadOnlyList<LayerSignature> operators) => FormattableString.Invariant(
        $"{kind}-input:{Shape(first.Input)}-output:{Shape(last.Output)}{fields}: {{mean: {(operators.Count == 0 ? [first] : operators).Sum(Microseconds) / 1000:R}}}\n");

    private static string Shape(TensorShape shape) => $"{shape.Height}x{shape.Width}x{shape.Channels}";

    private static double Microseconds(LayerSignature signature) => signature.MultiplyAdds * MicrosecondsPerMultiplyAdd;

    /// <summary>Without squeeze and excitation, which is inside a block's time.</summary>
    private static bool IsTimed(LayerSignature signature) => signature.Kind != OperatorKind.BiasedPointwise || signature.Activation == Activation.HardSwish;
}
