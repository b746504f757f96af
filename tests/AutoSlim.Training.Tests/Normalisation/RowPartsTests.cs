using AutoSlim.Training.Normalisation;

namespace AutoSlim.Training.Tests.Normalisation;

public sealed class RowPartsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(511, 1)]
    [InlineData(1024, 2)]
    [InlineData(5000, 9)]
    [InlineData(1_000_003, 16)]
    public void Every_row_is_in_one_part(int rows, int parts)
    {
        var seen = new List<(int Part, int From, int To)>();
        RowParts.Run(rows, (part, from, to) => seen.Add((part, from, to)));
        Assert.Equal(Enumerable.Range(0, parts), seen.Select(one => one.Part));
        Assert.Equal(0, seen[0].From);
        Assert.Equal(rows, seen[^1].To);
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(seen, one => Assert.True(one.From < one.To));
    }
}
