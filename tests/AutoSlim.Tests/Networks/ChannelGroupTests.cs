using AutoSlim.Networks;
using CsCheck;

namespace AutoSlim.Tests.Networks;

public sealed class ChannelGroupTests
{
    private static readonly Gen<(ChannelGroup Group, int Channels, int Alignment)> Cases = Gen.Select(
        Gen.Int[1, 400], Gen.Int[0, 2000], Gen.Int[1, 24], Gen.Int[0, 2000], Gen.OneOfConst(1, 4, 16, 32),
        (minimum, range, step, above, alignment) => (new ChannelGroup("group", minimum + range, minimum, 8 * step, minimum + range), minimum + above % (range + 1), alignment));

    [Theory]
    [InlineData(48, 40, 32)]
    [InlineData(40, 32, 32)]
    [InlineData(32, 24, 16)]
    [InlineData(24, 16, 16)]
    [InlineData(16, 8, 8)]
    public void A_step_of_eight_becomes_one_of_sixteen_until_only_the_minimum_is_left(int channels, int published, int aligned)
    {
        var group = new ChannelGroup("group", 48, 8, 8, 48);
        Assert.Equal((published, aligned), (group.Below(channels), group.Below(channels, 16)));
    }

    [Fact]
    public void A_block_that_passes_the_last_multiple_stops_there() =>
        Assert.Equal(176, new ChannelGroup("group", 2048, 168, 168, 2048).Below(200, 16));

    [Fact]
    public void Every_step_goes_down_to_a_multiple_and_in_the_end_to_the_minimum() => Cases.Sample(it =>
    {
        for (int? channels = it.Channels; channels is int width; channels = it.Group.Below(width, it.Alignment))
        {
            if (it.Group.Below(width, it.Alignment) is not int below)
            {
                Assert.Equal(it.Group.Minimum, width);
                return;
            }

            Assert.InRange(below, it.Group.Minimum, width - 1);
            Assert.True(below % it.Alignment == 0 || below == it.Group.Minimum);
        }
    });

    [Fact]
    public void An_alignment_of_one_is_the_published_grid() =>
        Cases.Sample(it => Assert.Equal(it.Group.Below(it.Channels), it.Group.Below(it.Channels, 1)));

    [Fact]
    public void The_aligned_width_is_the_nearest_multiple_in_range_or_the_width_itself() => Cases.Sample(it =>
    {
        var multiples = Enumerable.Range(it.Group.Minimum, it.Group.Maximum - it.Group.Minimum + 1).Where(width => width % it.Alignment == 0).ToList();
        Assert.Equal(multiples.Count == 0 ? it.Channels : multiples.MinBy(width => Math.Abs(width - it.Channels)), it.Group.Aligned(it.Channels, it.Alignment));
    });
}
