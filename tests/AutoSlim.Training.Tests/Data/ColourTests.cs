using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class ColourTests
{
    [Fact]
    public void Jitter_of_no_strength_changes_nothing()
    {
        byte[] pixels = [1, 200, 30, 40, 5, 60], before = [.. pixels];
        var random = new SplitMix64(1);
        new ColourJitter(0).Apply(pixels, ref random);
        Assert.Equal(before, pixels);
    }

    [Fact]
    public void Jitter_makes_a_grey_image_brighter_or_darker_but_no_less_grey()
    {
        var values = new HashSet<byte>();
        for (ulong seed = 0; seed < 2000; seed++)
        {
            var (pixels, random) = (Enumerable.Repeat((byte)100, 12).ToArray(), new SplitMix64(seed));
            ColourJitter.ImageNet.Apply(pixels, ref random);
            values.Add(Assert.Single(pixels.Distinct()));
        }

        Assert.Equal((60, 140), (values.Min(), values.Max()));
    }

    [Fact]
    public void Jitter_changes_contrast_and_saturation_within_their_ranges()
    {
        var spreads = new List<double>();
        for (ulong seed = 0; seed < 2000; seed++)
        {
            byte[] pixels = [120, 120, 110, 110, 110, 110];
            var random = new SplitMix64(seed);
            ColourJitter.ImageNet.Apply(pixels, ref random);
            spreads.Add(pixels[0] - pixels[2]);
        }

        Assert.InRange(spreads.Min(), 10 * 0.6 * 0.6 * 0.6 - 2, 5);
        Assert.InRange(spreads.Max(), 15, 10 * 1.4 * 1.4 * 1.4 + 2);
    }

    [Fact]
    public void Light_is_added_as_often_as_taken_and_mostly_to_all_colours_alike()
    {
        var random = new SplitMix64(3);
        var drawn = Enumerable.Range(0, 4000).Select(_ => Lighting.ImageNet.Draw(ref random)).ToList();
        for (var colour = 0; colour < 3; colour++) Assert.InRange(drawn.Average(light => light[colour]), -0.001, 0.001);
        Assert.Equal(0.1 * 0.2175 * 0.5675, Math.Sqrt(drawn.Average(light => light[0] * light[0])), tolerance: 0.0006);
        Assert.InRange(drawn.Count(light => light[0] > 0 == light[2] > 0), 3500, 4000);
    }
}
