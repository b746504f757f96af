using AutoSlim.Costs.Review;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Tests.Costs.Review;

public sealed class CostTableReviewTests
{
    private static readonly LayerSignature Pointwise = LayerSignature.Parse("Convolution 16x8x8 to 32 k1 s1 p0 Relu6");
    private static readonly LayerSignature Depthwise = LayerSignature.Parse("DepthwiseConvolution 16x8x8 to 16 k3 s1 p1 Relu6");

    [Fact]
    public void Operators_that_differ_in_width_alone_are_one_family()
    {
        var review = CostTableReview.Of(MeasuredTables.Of([Pointwise, Pointwise.WithChannels(16, 64), Pointwise.WithChannels(24, 32), Depthwise], _ => 4));
        Assert.Equal(["Convolution *x8x8 to * k1 s1 p0 Relu6", "DepthwiseConvolution *x8x8 k3 s1 p1 Relu6"], review.Families.Select(family => family.Name));
        Assert.Equal([16, 24], review.Families[0].InputWidths);
        Assert.Equal([32, 64], review.Families[0].OutputWidths);
        Assert.Null(review.Families[0].At(24, 64));
        Assert.Equal((2, 0), (review.Contexts, review.Networks));
    }

    [Fact]
    public void A_price_is_without_the_context_and_told_for_a_million_multiply_adds()
    {
        var cell = CostTableReview.Of(MeasuredTables.Of([Pointwise], _ => 4)).Cells.Single();
        Assert.Equal(4, cell.PriceMicroseconds);
        Assert.Equal(4e6 / Pointwise.MultiplyAdds, cell.MicrosecondsPerMillion);
        Assert.Empty(cell.Flaws);
    }

    [Fact]
    public void What_was_not_measured_well_has_no_price()
    {
        var table = MeasuredTables.Of([Pointwise], _ => 4);
        table.Record(Pointwise.ToString(), MeasuredTables.Taking(68, ProbeStatus.Unstable));
        var cell = CostTableReview.Of(table).Cells.Single();
        Assert.Null(cell.PriceMicroseconds);
        Assert.Equal([CellFlaw.NotMeasured], cell.Flaws);
    }

    [Fact]
    public void An_operator_without_its_context_has_no_price()
    {
        var table = MeasuredTables.Empty();
        table.Record(Pointwise.ToString(), MeasuredTables.Taking(68));
        Assert.Equal([CellFlaw.NoContext], CostTableReview.Of(table).Cells.Single().Flaws);
    }

    [Theory]
    [InlineData(0, CellFlaw.TooQuick)]
    [InlineData(-1, CellFlaw.TooQuick)]
    public void One_that_took_no_longer_than_its_context_is_told(double microseconds, CellFlaw flaw) =>
        Assert.Equal([flaw], CostTableReview.Of(MeasuredTables.Of([Pointwise], _ => microseconds)).Cells.Single().Flaws);

    [Theory]
    [InlineData(0.3, false)]
    [InlineData(0.5, true)]
    public void An_interval_wider_than_a_tenth_of_the_price_is_told(double width, bool isTold)
    {
        var table = MeasuredTables.Of([Pointwise], _ => 4);
        table.Record(Pointwise.ToString(), new(68, 68 - width / 2, 68 + width / 2, 9, 0, ProbeStatus.Ok));
        Assert.Equal(isTold ? [CellFlaw.Wide] : [], CostTableReview.Of(table).Cells.Single().Flaws);
    }

    [Fact]
    public void One_that_took_longer_than_a_wider_one_is_told_unless_their_intervals_touch()
    {
        LayerSignature[] widths = [Pointwise, Pointwise.WithChannels(16, 64), Pointwise.WithChannels(24, 32)];
        Assert.Equal(
            [[CellFlaw.DearerThanWider], [], []],
            CostTableReview.Of(MeasuredTables.Of(widths, width => width.OutputChannels == 64 ? 3 : 4)).Cells.Select(cell => cell.Flaws));
        var touching = MeasuredTables.Of(widths, _ => 4);
        touching.Record(widths[1].ToString(), new(67.9, 67.8, 68.1, 9, 0, ProbeStatus.Ok));
        Assert.All(CostTableReview.Of(touching).Cells, cell => Assert.Empty(cell.Flaws));
    }
}
