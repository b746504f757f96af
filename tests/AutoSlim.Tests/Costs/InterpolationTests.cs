using AutoSlim.Costs;
using AutoSlim.Networks;
using CsCheck;

namespace AutoSlim.Tests.Costs;

public sealed class InterpolationTests
{
    private const double Tolerance = 1e-9;

    private static readonly LayerSignature Pointwise = LayerSignature.Parse("Convolution 16x8x8 to 96 k1 s1 p0 Relu6");
    private static readonly LayerSignature Depthwise = LayerSignature.Parse("DepthwiseConvolution 16x8x8 to 16 k3 s1 p1 Relu6");

    private static readonly Gen<int[]> Widths = Gen.Int[1, 400].Array[2, 6];

    /// <summary>Where between the outermost measured widths, 0 to 1.</summary>
    private static readonly Gen<double> Place = Gen.Double[0, 1];

    [Fact]
    public void It_reproduces_every_bilinear_cost_exactly() =>
        Gen.Select(Widths, Widths, Place, Place, Gen.Int[0, 50].Array[4]).Sample((inputs, outputs, x, y, factors) =>
        {
            double Cost(LayerSignature it) => factors[0] + factors[1] * it.Input.Channels + factors[2] * it.OutputChannels + factors[3] * it.Input.Channels * it.OutputChannels;
            var asked = Pointwise.WithChannels(Between(inputs, x), Between(outputs, y));
            Assert.Equal(1, Ratio(Cost(asked) + 1, MeasuredTables.Of(Grid(inputs, outputs), Cost).PriceMicroseconds(asked) + 1), Tolerance);
        });

    [Fact]
    public void It_reproduces_every_linear_cost_of_an_operator_with_one_width() =>
        Gen.Select(Widths, Place, Gen.Int[0, 50].Array[2]).Sample((widths, x, factors) =>
        {
            double Cost(LayerSignature it) => factors[0] + factors[1] * it.Input.Channels;
            var asked = Depthwise.WithChannels(Between(widths, x), Between(widths, x));
            var table = MeasuredTables.Of(widths.Select(width => Depthwise.WithChannels(width, width)), Cost);
            Assert.Equal(1, Ratio(Cost(asked) + 1, table.PriceMicroseconds(asked) + 1), Tolerance);
        });

    [Fact]
    public void It_stays_between_the_smallest_and_the_largest_measured_price() =>
        Gen.Select(Widths, Widths, Place, Place, Gen.UInt).Sample((inputs, outputs, x, y, seed) =>
        {
            double Cost(LayerSignature it) => new SplitMix64(seed + 1000ul * (ulong)it.Input.Channels + (ulong)it.OutputChannels).Below(1000);
            var grid = Grid(inputs, outputs).ToList();
            var price = MeasuredTables.Of(grid, Cost).PriceMicroseconds(Pointwise.WithChannels(Between(inputs, x), Between(outputs, y)));
            Assert.InRange(price, grid.Min(Cost) - Tolerance, grid.Max(Cost) + Tolerance);
        });

    [Fact]
    public void It_uses_the_four_corners_next_to_the_widths() =>
        Gen.Select(Widths, Widths, Place, Place, Gen.UInt).Sample((inputs, outputs, x, y, seed) =>
        {
            double Cost(LayerSignature it) => new SplitMix64(seed + 1000ul * (ulong)it.Input.Channels + (ulong)it.OutputChannels).Below(1000);
            var asked = Pointwise.WithChannels(Between(inputs, x), Between(outputs, y));
            var all = MeasuredTables.Of(Grid(inputs, outputs), Cost).PriceMicroseconds(asked);
            var corners = MeasuredTables.Of(Grid(Around(inputs, asked.Input.Channels), Around(outputs, asked.OutputChannels)), Cost);
            Assert.Equal(corners.PriceMicroseconds(asked), all, Tolerance);
        });

    [Theory]
    [InlineData(7, 50)]
    [InlineData(41, 50)]
    [InlineData(20, 15)]
    [InlineData(20, 97)]
    public void It_never_extrapolates(int input, int output)
    {
        var table = MeasuredTables.Of(Grid([8, 40], [16, 96]), _ => 1);
        Assert.Throws<MissingCostException>(() => table.PriceMicroseconds(Pointwise.WithChannels(input, output)));
    }

    [Fact]
    public void Other_kernels_strides_or_activations_say_nothing()
    {
        var table = MeasuredTables.Of(Grid([8, 40], [16, 96]), _ => 1);
        Assert.Throws<MissingCostException>(() => table.PriceMicroseconds(Pointwise with { Activation = Activation.None }));
        Assert.Throws<MissingCostException>(() => table.PriceMicroseconds(Pointwise with { Stride = 2 }));
        Assert.Throws<MissingCostException>(() => table.PriceMicroseconds(Pointwise with { Input = new(16, 9, 9) }));
    }

    [Fact]
    public void A_hole_in_the_grid_is_bridged_by_wider_corners()
    {
        var grid = Grid([8, 16, 32], [8, 16, 32]).Where(it => it != Pointwise.WithChannels(16, 16));
        Assert.Equal(20 * 20, MeasuredTables.Of(grid, it => it.Input.Channels * it.OutputChannels).PriceMicroseconds(Pointwise.WithChannels(20, 20)), Tolerance);
        Assert.Equal(12 * 12, MeasuredTables.Of(grid, it => it.Input.Channels * it.OutputChannels).PriceMicroseconds(Pointwise.WithChannels(12, 12)), Tolerance);
    }

    [Fact]
    public void Three_corners_are_not_enough()
    {
        var table = MeasuredTables.Of(Grid([8, 16], [8, 16]).Take(3), _ => 1);
        Assert.Throws<MissingCostException>(() => table.PriceMicroseconds(Pointwise.WithChannels(12, 12)));
        Assert.Equal(1, table.PriceMicroseconds(Pointwise.WithChannels(12, 8)));
    }

    private static IEnumerable<LayerSignature> Grid(IEnumerable<int> inputs, IEnumerable<int> outputs) =>
        inputs.SelectMany(input => outputs.Select(output => Pointwise.WithChannels(input, output)));

    private static int Between(int[] widths, double place) => (int)Math.Round(double.Lerp(widths.Min(), widths.Max(), place));

    private static int[] Around(int[] widths, int width) => [widths.Where(it => it <= width).Max(), widths.Where(it => it >= width).Min()];

    private static double Ratio(double expected, double found) => found / expected;
}
