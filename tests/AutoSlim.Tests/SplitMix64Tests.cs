namespace AutoSlim.Tests;

public sealed class SplitMix64Tests
{
    [Fact]
    public void The_sequence_is_the_published_one()
    {
        var random = new SplitMix64(1234567);
        Assert.Equal<ulong[]>([6457827717110365317, 3203168211198807973, 9817491932198370423], [random.Next(), random.Next(), random.Next()]);
    }

    [Fact]
    public void A_shuffle_keeps_every_item()
    {
        int[] items = [.. Enumerable.Range(0, 100)];
        new SplitMix64(1).Shuffle(items.AsSpan());
        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }

    [Fact]
    public void Items_of_a_family_draw_different_numbers() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(item => SplitMix64.For(1, item).Next()).Distinct().Count());

    [Fact]
    public void Numbers_stay_in_their_ranges()
    {
        var random = new SplitMix64(1);
        for (var i = 0; i < 1000; i++)
        {
            Assert.InRange(random.Below(3), 0, 2);
            Assert.InRange(random.Symmetric(), -1f, 0.99999994f);
        }
    }
}
