using AutoSlim.Costs.Import;
using AutoSlim.Networks;

namespace AutoSlim.Tests.Costs.Import;

public sealed class NetAdaptTests : IDisposable
{
    private static readonly LayerSignature Pointwise = LayerSignature.Parse("Convolution 32x16x16 to 64 k1 s1 p0 None");

    private readonly ImportedFile file = new();

    public void Dispose() => file.Dispose();

    /// <summary>Written by Python 3.11 from the classes that NetAdapt uses.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void A_table_that_python_wrote_becomes_an_entry_for_each_width(int protocol)
    {
        var imported = TableImport.Read(ImportedFile.Example($"netadapt.protocol{protocol}.pkl"), new() { Format = ImportFormat.NetAdapt, Batch = 4 });
        Assert.Equal(
            [
                "Convolution 16x16x16 to 32 k1 s1 p0 None", "Convolution 16x16x16 to 64 k1 s1 p0 None", "Convolution 32x16x16 to 32 k1 s1 p0 None",
                "Convolution 32x16x16 to 64 k1 s1 p0 None", "Convolution 3x32x32 to 16 k3 s2 p1 None", "Convolution 3x32x32 to 32 k3 s2 p1 None",
                "DepthwiseConvolution 16x16x16 to 16 k3 s1 p1 None", "DepthwiseConvolution 32x16x16 to 32 k3 s1 p1 None",
                "Linear 32x1x1 to 10 k1 s1 p0 None", "Linear 64x1x1 to 10 k1 s1 p0 None",
            ],
            imported.Table.Measurements.Keys);
        Assert.Equal((10, 0), (imported.Times, imported.MaximumMisfit));
        Assert.Equal(new("up", 4, "is a layer of kind ConvTranspose2d, which no network here has"), Assert.Single(imported.Unmapped));
    }

    [Fact]
    public void Seconds_of_a_batch_become_microseconds_of_an_image()
    {
        var table = TableImport.Read(ImportedFile.Example("netadapt.protocol5.pkl"), new() { Format = ImportFormat.NetAdapt, Batch = 4 }).Table;
        Assert.Equal(new(200, 0, double.PositiveInfinity, 1, 0, AutoSlim.Profiling.ProbeStatus.Ok), table.Measurements[Pointwise.ToString()]);
    }

    [Fact]
    public void Without_the_batch_nothing_is_read() => Assert.Contains(
        "--batch N",
        Assert.Single(Assert.Throws<TableImportException>(() => TableImport.Read(ImportedFile.Example("netadapt.protocol5.pkl"), new() { Format = ImportFormat.NetAdapt })).Problems),
        StringComparison.Ordinal);

    [Fact]
    public void An_operator_that_several_layers_have_takes_the_mean()
    {
        var imported = file.Read(NetAdaptPickle.Of([(Pointwise, [(32, 64, 100e-6)]), (Pointwise, [(32, 64, 300e-6)])]), ImportFormat.NetAdapt);
        Assert.Equal(200, imported.Table.PriceMicroseconds(Pointwise), 1e-9);
        Assert.Equal(1, imported.MaximumMisfit, 1e-9);
    }

    [Fact]
    public void A_pointwise_layer_on_one_pixel_prices_squeeze_and_excitation_too()
    {
        var table = file.Read(NetAdaptPickle.Of([(Pointwise with { Input = new(32, 1, 1) }, [(32, 8, 1e-5)])]), ImportFormat.NetAdapt).Table;
        Assert.Equal(10, table.PriceMicroseconds(LayerSignature.Parse("Convolution 32x1x1 to 8 k1 s1 p0 Relu")));
        Assert.Equal(10, table.PriceMicroseconds(LayerSignature.Parse("BiasedPointwise 32x1x1 to 8 k1 s1 p0 HardSigmoid")));
    }

    [Fact]
    public void Every_problem_is_told_at_once()
    {
        var problems = file.Problems(NetAdaptPickle.Of([(Pointwise, [(32, 64, 0), (32, 64, 1), (24, 64, double.NaN), (0, 64, 1), (16, 64, 3600), (8, 64, -1)])]), ImportFormat.NetAdapt);
        Assert.Equal(6, problems.Count);
        Assert.All(problems, problem => Assert.Contains("layer0", problem, StringComparison.Ordinal));
        Assert.Contains("two times for (32, 64)", problems[1], StringComparison.Ordinal);
        Assert.Contains("is the unit right", problems[4], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_list_of_problems_is_counted_at_its_end()
    {
        var problems = file.Problems(NetAdaptPickle.Of([(Pointwise, Enumerable.Range(1, 100).Select(width => (width, 64, -1.0)))]), ImportFormat.NetAdapt);
        Assert.EndsWith("and 80 more problems", problems[20], StringComparison.Ordinal);
        Assert.Equal(21, problems.Count);
    }

    [Fact]
    public void A_layer_that_comes_twice_is_told()
    {
        var layer = NetAdaptPickle.Layer(Pointwise, [(32, 64, 1e-4)]);
        Assert.Contains("layer 'conv' comes twice", Assert.Single(file.Problems(NetAdaptPickle.Of(("conv", layer), ("conv", layer)), ImportFormat.NetAdapt)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_older_list_without_shapes_is_told()
    {
        var old = NetAdaptPickle.Plain(new List<object?> { new List<(object?, object?)> { (new object?[] { 3, 16 }, 442_368) } });
        Assert.Contains("does not say the layers' shapes", Assert.Single(file.Problems(old, ImportFormat.NetAdapt)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kernel_size", "does not say its kernel_size")]
    [InlineData("latency", "has no 'latency'")]
    public void A_layer_that_lacks_a_key_is_told(string key, string problem)
    {
        var layer = NetAdaptPickle.Layer(Pointwise, [(32, 64, 1e-4)]).Where(pair => pair.Key as string != key).ToList();
        Assert.Contains(problem, Assert.Single(file.Problems(NetAdaptPickle.Of(("conv", layer)), ImportFormat.NetAdapt)), StringComparison.Ordinal);
    }
}
