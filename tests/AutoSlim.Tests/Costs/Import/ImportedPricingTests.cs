using AutoSlim.Costs;
using AutoSlim.Costs.Import;
using AutoSlim.Costs.Review;
using AutoSlim.Networks;
using AutoSlim.Tests.Profiling;

namespace AutoSlim.Tests.Costs.Import;

public sealed class ImportedPricingTests : IDisposable
{
    private static readonly LayerSignature Pointwise = LayerSignature.Parse("Convolution 32x16x16 to 64 k1 s1 p0 None");

    private readonly ImportedFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void The_price_is_the_time_itself_and_lies_between_times_in_between()
    {
        var table = Table((16, 32, 10e-6), (16, 64, 20e-6), (32, 32, 20e-6), (32, 64, 40e-6));
        Assert.Equal(40, table.PriceMicroseconds(Pointwise));
        Assert.Equal(22.5, table.PriceMicroseconds(Pointwise.WithChannels(24, 48)));
        Assert.Throws<MissingCostException>(() => table.PriceMicroseconds(Pointwise.WithChannels(40, 64)));
        Assert.False(table.CanPrice(Pointwise.WithChannels(8, 64)));
    }

    [Fact]
    public void An_activation_that_was_not_timed_costs_nothing()
    {
        var table = Table((32, 64, 40e-6));
        Assert.Equal(40, table.PriceMicroseconds(Pointwise with { Activation = Activation.Relu6 }));
    }

    [Theory]
    [InlineData("Addition 32x16x16 to 32 k1 s1 p0 None", true)]
    [InlineData("GlobalAveragePooling 32x16x16 to 32 k1 s1 p0 None", true)]
    [InlineData("BiasedPointwise 32x1x1 to 8 k1 s1 p0 Relu", false)]
    public void What_has_no_multiply_adds_costs_nothing(string name, bool isFree)
    {
        var (table, signature) = (Table((32, 64, 40e-6)), LayerSignature.Parse(name));
        Assert.Equal(isFree, table.CanPrice(signature));
        if (isFree) Assert.Equal(0, table.PriceMicroseconds(signature));
    }

    [Fact]
    public void Squeeze_and_excitation_is_inside_the_time_of_a_block()
    {
        var table = TableImport.Read(ImportedFile.Example("once-for-all.yaml"), new() { Format = ImportFormat.OnceForAll }).Table;
        Assert.Equal(0, table.PriceMicroseconds(LayerSignature.Parse("BiasedPointwise 72x1x1 to 24 k1 s1 p0 Relu")));
        Assert.False(table.CanPrice(LayerSignature.Parse("BiasedPointwise 72x1x1 to 24 k1 s1 p0 HardSwish")));
    }

    [Fact]
    public void A_written_table_reads_back_the_same_and_twice_alike()
    {
        var table = TableImport.Read(ImportedFile.Example("once-for-all.yaml"), new() { Format = ImportFormat.OnceForAll }).Table;
        CostTableFile.Write(file.Path, table);
        var text = File.ReadAllText(file.Path);
        var read = CostTableFile.Read(file.Path);
        Assert.True(read.IsImported);
        Assert.Equal(table.Measurements, read.Measurements);
        CostTableFile.Write(file.Path, TableImport.Read(ImportedFile.Example("once-for-all.yaml"), new() { Format = ImportFormat.OnceForAll }).Table);
        Assert.Equal(text, File.ReadAllText(file.Path));
    }

    [Fact]
    public void It_moves_aside_where_the_device_itself_has_measured()
    {
        CostTableFile.Write(file.Path, Table((32, 64, 40e-6)));
        var opened = CostTableFile.Open(file.Path, Messages.Device);
        Assert.Empty(opened.Table.Measurements);
        Assert.Contains("its 1 entries are kept in", opened.Notice, StringComparison.Ordinal);
        Assert.False(File.Exists(file.Path));
    }

    [Fact]
    public void The_description_holds_the_file_and_says_what_is_unknown()
    {
        var device = Table((32, 64, 40e-6)).Device;
        Assert.Null(device.Problem());
        Assert.Equal(("imported:netadapt", "unknown", 64), (device.Runtime, device.Processor, device.NativeLibraryHash.Length));
        Assert.NotEqual(device.Fingerprint, Table((32, 64, 41e-6)).Device.Fingerprint);
    }

    [Fact]
    public void Nothing_of_it_but_its_spread_is_doubtful()
    {
        var cell = Assert.Single(CostTableReview.Of(Table((32, 64, 40e-6))).Cells);
        Assert.Equal((40, CellFlaw.NoSpread), (cell.PriceMicroseconds, Assert.Single(cell.Flaws)));
    }

    [Fact]
    public void What_a_network_may_need_and_the_table_lacks_is_found()
    {
        var definition = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, 3, 10));
        var whole = file.Read(NetAdaptPickle.Of(Layers(definition)), ImportFormat.NetAdapt).Table;
        Assert.Empty(ProfilingPlan.Unpriced(definition, whole));
        var holed = file.Read(NetAdaptPickle.Of(Layers(definition).Skip(1)), ImportFormat.NetAdapt).Table;
        Assert.All(ProfilingPlan.Unpriced(definition, holed), signature => Assert.Equal(3, signature.Input.Channels));
        Assert.NotEmpty(ProfilingPlan.Unpriced(definition, holed));
        Assert.InRange(LatencyCalibration.Uncalibrated.PredictMilliseconds(LatencyTerms.Of(definition.Resolve(definition.Narrowest), whole)), 1e-6, 1e3);
    }

    /// <summary>Every layer at the widths that are measured of a device here.</summary>
    private static IEnumerable<(LayerSignature, IEnumerable<(int, int, double)>)> Layers(NetworkDefinition definition) => ProfilingPlan.For(definition, DeviceAlignment.None)
        .Where(signature => signature.MultiplyAdds > 0)
        .GroupBy(signature => signature.WithChannels(0, 0))
        .Select(group => (group.First(), group.Select(signature => (signature.Input.Channels, signature.OutputChannels, signature.MultiplyAdds * 1e-10))));

    private CostTable Table(params (int, int, double)[] times) => file.Read(NetAdaptPickle.Of([(Pointwise, times)]), ImportFormat.NetAdapt).Table;
}
