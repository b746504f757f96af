using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Tests.Costs;

public sealed class CostTableTests
{
    private static readonly LayerSignature Pointwise = LayerSignature.Parse("Convolution 16x8x8 to 96 k1 s1 p0 Relu6");

    private readonly CostTable table = MeasuredTables.Empty();

    [Fact]
    public void A_price_is_the_time_in_context_minus_the_context()
    {
        Record("context 16x8x8", 10);
        Record(Pointwise.ToString(), 14.5);
        Assert.Equal(4.5, table.PriceMicroseconds(Pointwise));
    }

    [Fact]
    public void Missing_lists_contexts_and_operators_once_in_the_order_of_first_need()
    {
        var narrower = Pointwise.WithChannels(16, 48);
        Assert.Equal(["context 16x8x8", Pointwise.ToString(), narrower.ToString()], Names(Pointwise, narrower, Pointwise));
        Record(Pointwise.ToString(), 14.5);
        Assert.Equal(["context 16x8x8", narrower.ToString()], Names(Pointwise, narrower));
        Record("context 16x8x8", 10);
        Record(narrower.ToString(), 12);
        Assert.Empty(Names(Pointwise, narrower));
    }

    [Theory]
    [InlineData(ProbeStatus.Unstable)]
    [InlineData(ProbeStatus.Failed)]
    [InlineData(ProbeStatus.Thermal)]
    public void What_was_not_measured_well_stays_missing_and_prices_nothing(ProbeStatus status)
    {
        Record("context 16x8x8", 10);
        table.Record(Pointwise.ToString(), MeasuredTables.Taking(14.5, status));
        Assert.Equal([Pointwise.ToString()], Names(Pointwise));
        Assert.Throws<MissingCostException>(() => table.PriceMicroseconds(Pointwise));
    }

    [Fact]
    public void An_operator_without_its_context_has_no_price()
    {
        Record(Pointwise.ToString(), 14.5);
        Assert.Throws<MissingCostException>(() => table.PriceMicroseconds(Pointwise));
    }

    [Fact]
    public void A_missing_cost_names_the_operator_and_what_to_do()
    {
        var missing = Assert.Throws<MissingCostException>(() => table.PriceMicroseconds(Pointwise));
        Assert.Equal(Pointwise, missing.Signature);
        Assert.Contains(Pointwise.ToString(), missing.Message, StringComparison.Ordinal);
        Assert.Contains("profile", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(9.5)]
    public void An_operator_no_slower_than_its_context_costs_nothing_and_is_told(double microseconds)
    {
        Record("context 16x8x8", 10);
        Record(Pointwise.ToString(), microseconds);
        Assert.Equal(0, table.PriceMicroseconds(Pointwise));
        Assert.Equal([Pointwise], table.TooQuickToTell);
    }

    [Fact]
    public void A_new_measurement_changes_prices_that_were_asked_for_before()
    {
        Record("context 16x8x8", 10);
        Record(Pointwise.ToString(), 14);
        Assert.Equal(4, table.PriceMicroseconds(Pointwise));
        Record(Pointwise.ToString(), 15);
        Assert.Equal(5, table.PriceMicroseconds(Pointwise));
    }

    [Fact]
    public void A_network_s_sum_counts_every_layer()
    {
        var definition = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Cifar, 32, Classes: 10));
        var network = definition.Resolve(definition.Widest);
        var measured = MeasuredTables.Of(network.Signatures, _ => 0.25);
        Assert.Equal(network.Layers.Count * 0.25 / 1000, measured.SumMilliseconds(network), 12);
    }

    [Fact]
    public void Nonsense_is_not_recorded()
    {
        Assert.Throws<ArgumentException>(() => Record("context 1x1x1", double.NaN));
        Assert.Throws<ArgumentException>(() => Record("context 1x1x1", -1));
        Assert.Throws<ArgumentException>(() => Record("context 1x1x1", 0));
        Assert.Throws<ArgumentException>(() => Record("context 1x1x1", double.PositiveInfinity));
        Assert.Throws<FormatException>(() => Record("something", 1));
        Assert.Throws<FormatException>(() => Record("Convolution 016x8x8 to 96 k1 s1 p0 Relu6", 1));
        Assert.Empty(table.Measurements);
    }

    private void Record(string name, double microseconds) => table.Record(name, MeasuredTables.Taking(microseconds));

    private IEnumerable<string> Names(params LayerSignature[] signatures) => table.Missing(signatures).Select(entry => entry.Name);
}
