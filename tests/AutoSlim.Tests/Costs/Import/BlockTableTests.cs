using AutoSlim.Costs.Import;

namespace AutoSlim.Tests.Costs.Import;

public sealed class BlockTableTests : IDisposable
{
    private const string Block = "expanded_conv-input:16x16x16-output:8x8x24-expand:6-kernel:3-stride:2-idskip:0";

    private readonly ImportedFile file = new();

    public void Dispose() => file.Dispose();

    [Fact]
    public void A_table_of_proxylessnas_becomes_an_entry_for_each_operator()
    {
        var imported = TableImport.Read(ImportedFile.Example("proxylessnas.yaml"), new() { Format = ImportFormat.ProxylessNas });
        Assert.Equal(
            [
                "Convolution 16x16x16 to 96 k1 s1 p0 Relu6", "Convolution 320x4x4 to 1280 k1 s1 p0 Relu6", "Convolution 32x16x16 to 16 k1 s1 p0 None",
                "Convolution 3x32x32 to 32 k3 s2 p1 Relu6", "Convolution 96x8x8 to 24 k1 s1 p0 None", "DepthwiseConvolution 32x16x16 to 32 k3 s1 p1 Relu6",
                "DepthwiseConvolution 96x16x16 to 96 k3 s2 p1 Relu6", "DepthwiseConvolution 96x16x16 to 96 k5 s2 p2 Relu6", "Linear 1280x1x1 to 1000 k1 s1 p0 None",
            ],
            imported.Table.Measurements.Keys);
        Assert.Equal(20, imported.Table.Measurements["Convolution 16x16x16 to 96 k1 s1 p0 Relu6"].Samples);
        Assert.InRange(imported.MaximumMisfit, 0, 1e-3);
        Assert.Empty(imported.Unmapped);
    }

    [Fact]
    public void A_table_of_once_for_all_has_channels_for_expand_and_says_the_activation()
    {
        var imported = TableImport.Read(ImportedFile.Example("once-for-all.yaml"), new() { Format = ImportFormat.OnceForAll });
        Assert.Equal(
            [
                "BiasedPointwise 960x1x1 to 1280 k1 s1 p0 HardSwish", "Convolution 160x4x4 to 960 k1 s1 p0 HardSwish", "Convolution 16x16x16 to 16 k1 s1 p0 None",
                "Convolution 16x16x16 to 64 k1 s1 p0 Relu", "Convolution 24x8x8 to 72 k1 s1 p0 HardSwish", "Convolution 3x32x32 to 16 k3 s2 p1 HardSwish",
                "Convolution 64x8x8 to 24 k1 s1 p0 None", "Convolution 72x4x4 to 40 k1 s1 p0 None", "DepthwiseConvolution 16x16x16 to 16 k3 s1 p1 Relu",
                "DepthwiseConvolution 64x16x16 to 64 k3 s2 p1 Relu", "DepthwiseConvolution 72x8x8 to 72 k5 s2 p2 HardSwish", "Linear 1280x1x1 to 1000 k1 s1 p0 None",
            ],
            imported.Table.Measurements.Keys);
        Assert.StartsWith("'AvgPool2D-input:4x4x960-output:1x1x960' has no multiply-adds", Assert.Single(imported.Unmapped).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_block_is_split_by_multiply_adds()
    {
        var table = file.Read($"{Block}:\n  mean: 1.0\n", ImportFormat.ProxylessNas).Table;
        double[] shares = [.. new[] { "Convolution 16x16x16 to 96 k1 s1 p0 Relu6", "DepthwiseConvolution 96x16x16 to 96 k3 s2 p1 Relu6", "Convolution 96x8x8 to 24 k1 s1 p0 None" }
            .Select(name => table.Measurements[name].MedianMicroseconds)];
        Assert.Equal([1000.0 * 393_216 / 595_968, 1000.0 * 55_296 / 595_968, 1000.0 * 147_456 / 595_968], shares, (expected, found) => Math.Abs(expected / found - 1) < 1e-3);
    }

    [Fact]
    public void Json_is_read_as_well() =>
        Assert.Equal(3, file.Read($"{{\n \"{Block}\": {{\"count\": 3, \"mean\": 1e-1, \"std\": 0.1}}\n}}\n", ImportFormat.OnceForAll).Table.Measurements.Count);

    [Fact]
    public void The_unit_and_the_batch_can_be_said()
    {
        var table = TableImport.Read(ImportedFile.Example("proxylessnas.yaml"), new() { Format = ImportFormat.ProxylessNas, Batch = 2, Unit = TimeUnit.Seconds }).Table;
        Assert.Equal(150_000, table.Measurements["Linear 1280x1x1 to 1000 k1 s1 p0 None"].MedianMicroseconds);
    }

    [Theory]
    [InlineData("Conv_2-input:1x1x960-output:1x1x1280", "only once-for-all writes")]
    [InlineData("Mystery-input:1x1x960-output:1x1x1280", "nothing that proxylessnas writes")]
    [InlineData("expanded_conv-input:16x16x16-output:8x8x24-expand:96-kernel:3-stride:2-idskip:0-se:0-hs:0", "other fields")]
    [InlineData("expanded_conv-input:16x16x16-output:8x8x24-expand:6-kernel:3-stride:2", "other fields")]
    [InlineData("expanded_conv-input:16x16x16-output:8x8x24-expand:6-kernel:99-stride:2-idskip:0", "out of range")]
    [InlineData("expanded_conv-input:16x16x16-output:9x8x24-expand:6-kernel:3-stride:2-idskip:0", "does not follow")]
    public void An_entry_that_no_operator_stands_for_is_named(string key, string reason)
    {
        var imported = file.Read($"{Block}:\n  mean: 1.0\n{key}:\n  mean: 1.0\n", ImportFormat.ProxylessNas);
        Assert.Equal(1, imported.Times);
        Assert.Contains(reason, Assert.Single(imported.Unmapped).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_nothing_known_is_refused() => Assert.Contains(
        "holds no operator that is known here: 'AvgPool2D",
        Assert.Single(file.Problems("AvgPool2D-input:4x4x960-output:1x1x960:\n  mean: 1.0\n", ImportFormat.OnceForAll)),
        StringComparison.Ordinal);
}
