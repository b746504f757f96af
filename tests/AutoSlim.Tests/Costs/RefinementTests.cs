using AutoSlim.Costs;
using AutoSlim.Networks;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class RefinementTests
{
    private static readonly IReadOnlyList<LayerSignature> Lattice = [.. from input in new[] { 16, 64, 128 } from output in new[] { 32, 64 } select At(input, output)];

    [Fact]
    public void A_family_has_the_middle_of_its_widest_cell_measured() => Assert.Equal([At(96, 48)], Refinement.Next(Measured(Lattice, Bilinear), Lattice));

    [Fact]
    public void Prices_that_are_bilinear_need_no_more() => Assert.Empty(Refinement.Next(Measured([.. Lattice, At(96, 48)], Bilinear), Lattice));

    [Fact]
    public void Where_the_middle_is_off_the_cell_gets_its_edges_and_the_others_their_middles()
    {
        var next = Refinement.Next(Measured([.. Lattice, At(96, 48)], Stepped), Lattice);
        Assert.Equal([At(64, 48), At(128, 48), At(96, 32), At(96, 64), At(40, 48)], next);
    }

    [Fact]
    public void Less_than_the_measurements_can_tell_apart_is_not_off()
    {
        var table = Measured([.. Lattice, At(96, 48)], Stepped);
        table.Record(ProbeEntry.Operator(At(96, 48)).Name, table.Find(ProbeEntry.Operator(At(96, 48)))! with { LowerMicroseconds = 0, UpperMicroseconds = 1e6 });
        Assert.Empty(Refinement.Next(table, Lattice));
    }

    [Fact]
    public void Operators_of_one_width_are_refined_along_it()
    {
        LayerSignature[] lattice = [Depthwise(16), Depthwise(64), Depthwise(128)];
        Assert.Equal([Depthwise(96)], Refinement.Next(Measured(lattice, Stepped), lattice));
        Assert.Equal([Depthwise(80), Depthwise(112), Depthwise(40)], Refinement.Next(Measured([.. lattice, Depthwise(96)], Stepped), lattice));
    }

    [Fact]
    public void Neighbours_without_a_multiple_between_them_are_never_too_coarse()
    {
        LayerSignature[] lattice = [At(16, 32), At(24, 32)];
        Assert.Empty(Refinement.Next(Measured(lattice, Stepped), lattice));
    }

    [Fact]
    public void It_ends_whatever_the_device_says() => Gen.ULong.Sample(seed =>
    {
        var measured = Lattice.ToList();
        for (var pass = 0; pass < 20; pass++)
        {
            var next = Refinement.Next(Measured(measured, Any(seed)), Lattice);
            if (next.Count == 0) return;
            Assert.Empty(next.Intersect(measured));
            measured.AddRange(next);
        }

        Assert.Fail("20 passes, expected an end");
    }, iter: 50);

    private static Func<LayerSignature, double> Any(ulong seed) => signature => 1 + new SplitMix64(seed ^ (ulong)(signature.Input.Channels * 1000 + signature.OutputChannels)).Below(100);

    private static double Bilinear(LayerSignature signature) => 1 + signature.Input.Channels * (2.0 + signature.OutputChannels) / 64;

    /// <summary>As a device charges that fills up to multiples of 64.</summary>
    private static double Stepped(LayerSignature signature) => 1 + (signature.Input.Channels + 63) / 64;

    private static CostTable Measured(IEnumerable<LayerSignature> signatures, Func<LayerSignature, double> microseconds) => MeasuredTables.Of(signatures, microseconds);

    private static LayerSignature At(int input, int output) => new(OperatorKind.Convolution, new(input, 7, 7), output);

    private static LayerSignature Depthwise(int width) => new(OperatorKind.DepthwiseConvolution, new(width, 7, 7), width, Kernel: 3, Padding: 1);
}
