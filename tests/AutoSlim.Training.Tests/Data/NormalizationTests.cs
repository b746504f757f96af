using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class NormalizationTests
{
    [Fact]
    public void The_mean_and_deviation_of_the_embedded_set_are_the_known_ones()
    {
        var normalization = Normalization.Of(EmbeddedImages.Load().Training);
        Assert.Equal(0.286, normalization.Mean[0], tolerance: 0.002);
        Assert.Equal(0.353, normalization.StandardDeviation[0], tolerance: 0.002);
    }

    [Fact]
    public void Every_channel_is_measured_on_its_own()
    {
        var images = new ImageSet("two", 2, 1, 2, ["only"], [0, 255, 51, 51], [0]);
        var normalization = Normalization.Of(images);
        Assert.Equal([0.5f, 0.2f], normalization.Mean);
        Assert.Equal([0.5f, 1 / 255f], normalization.StandardDeviation);
    }
}
