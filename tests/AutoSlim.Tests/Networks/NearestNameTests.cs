using AutoSlim.Networks;

namespace AutoSlim.Tests.Networks;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("MobileNetV2", "mobilenet_v2")]
    [InlineData("mobilnet_v1", "mobilenet_v1")]
    [InlineData("resnet-50", "resnet50")]
    [InlineData("efficientnet", null)]
    [InlineData("", null)]
    public void A_slip_of_the_pen_finds_its_name(string typed, string? meant) => Assert.Equal(meant, NearestName.Of(typed, NetworkCatalog.Names));
}
