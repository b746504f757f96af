using AutoSlim.Networks;

namespace AutoSlim.Tests.Networks;

public sealed class FittingNetworkTests
{
    private static readonly NetworkSpecification MobileNet = new(MobileNetV1.Name, StrideLayout.Imagenet, 224);

    [Theory]
    [InlineData(0.15)]
    [InlineData(0.5)]
    [InlineData(1.1)]
    public void A_width_up_to_the_default_maximum_keeps_the_default(double width) =>
        Assert.Null(FittingNetwork.ForWidth(MobileNet, width).Specification.MaximumWidth);

    [Theory]
    [InlineData(1.15)]
    [InlineData(1.5)]
    [InlineData(2.0)]
    public void A_uniform_width_beyond_it_becomes_the_maximum(double width)
    {
        var wide = FittingNetwork.ForWidth(MobileNet, width);
        Assert.Equal(width, wide.Specification.MaximumWidth);
        var found = FittingNetwork.ForList(MobileNet, wide.ToPublished(wide.Widest));
        Assert.Equal(wide.Widest, found.Widest);
    }

    [Fact]
    public void One_number_that_differs_from_the_uniform_width_keeps_the_default()
    {
        var wide = FittingNetwork.ForWidth(MobileNet, 1.5);
        Assert.Null(FittingNetwork.ForList(MobileNet, wide.ToPublished(wide.Widest.With("block4", 376))).Specification.MaximumWidth);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(2.1)]
    public void Widths_outside_the_range_are_refused(double width) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FittingNetwork.ForWidth(MobileNet, width));
}
