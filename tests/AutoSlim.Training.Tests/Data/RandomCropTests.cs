using AutoSlim.Training.Data;
using CsCheck;

namespace AutoSlim.Training.Tests.Data;

public sealed class RandomCropTests
{
    [Fact]
    public void A_crop_lies_inside_its_image() =>
        Gen.Select(Gen.Int[1, 700], Gen.Int[1, 700], Gen.ULong).Sample((width, height, seed) =>
        {
            var random = new SplitMix64(seed);
            var window = RandomCrop.ImageNet.Draw(ref random, width, height);
            Assert.InRange(window.Left, 0, width - window.Width);
            Assert.InRange(window.Top, 0, height - window.Height);
            Assert.True(window is { Width: > 0, Height: > 0 });
        });

    [Fact]
    public void Area_and_aspect_fill_the_papers_ranges()
    {
        var random = new SplitMix64(1);
        var windows = Enumerable.Range(0, 5000).Select(_ => RandomCrop.ImageNet.Draw(ref random, 500, 400)).ToList();
        var areas = windows.Select(window => window.Width * window.Height / (500.0 * 400)).ToList();
        var aspects = windows.Select(window => (double)window.Width / window.Height).ToList();
        Assert.Equal(0.25, areas.Min(), tolerance: 0.01);
        Assert.InRange(areas.Max(), 0.95, 1);
        Assert.Equal(0.75, aspects.Min(), tolerance: 0.02);
        Assert.Equal(4 / 3.0, aspects.Max(), tolerance: 0.02);
        Assert.True(windows.Any(window => window.Left == 0) && windows.Any(window => window.Left + window.Width == 500));
    }

    [Fact]
    public void Of_an_image_too_thin_for_it_the_centre_is_shown()
    {
        var random = new SplitMix64(1);
        Assert.Equal(new ImageWindow(493, 0, 13, 10), RandomCrop.ImageNet.Draw(ref random, 1000, 10));
    }
}
