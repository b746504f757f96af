using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Tests.Costs;

public sealed class DearerOperatorTests
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, Classes: 10));
    private static readonly ResolvedNetwork Widest = Network.Resolve(Network.Widest);
    private static readonly ResolvedNetwork Half = Network.Resolve(Network.Uniform(0.5));

    [Fact]
    public void It_names_the_layer_whose_price_grew_most()
    {
        var (small, large) = (Half.Layers[3], Half.Layers[5]);
        var dearer = DearerOperator.Of(Widest, Half, Table(signature => signature == large.Signature ? 9 : signature == small.Signature ? 6 : 5));
        Assert.Equal(new(large.Name, large.Signature, 9, 5), dearer);
        Assert.Equal($"layer '{large.Name}' ({large.Signature}) takes 9.0 us instead of 5.0", dearer!.ToString());
    }

    [Fact]
    public void Nothing_is_named_where_every_operator_is_as_quick_as_before() =>
        Assert.Null(DearerOperator.Of(Widest, Half, Table(_ => 5)));

    private static CostTable Table(Func<LayerSignature, double> microseconds) => MeasuredTables.Of([.. Widest.Signatures, .. Half.Signatures], microseconds);
}
