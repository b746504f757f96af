using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>
/// The widths of a group that are measured: its maximum, halves of it on multiples of 8, its minimum. Times are near to bilinear
/// between widths that runtimes lay out alike, so that few are enough.
/// </summary>
public static class WidthLattice
{
    private const int Block = 8;
    private const double NarrowestHalf = 1.5;

    /// <summary>Descending and distinct: <c>1920, 960, 480, 192</c>. A half within 1.5 times the minimum is left out.</summary>
    public static IReadOnlyList<int> Of(ChannelGroup group)
    {
        var widths = new List<int> { group.Maximum };
        for (var half = Half(group.Maximum); half > NarrowestHalf * group.Minimum; half = Half(half)) widths.Add(half);
        if (widths[^1] != group.Minimum) widths.Add(group.Minimum);
        return widths;
    }

    /// <summary>To the nearest multiple of 8; of two that are as near, the smaller. Always below <paramref name="width"/>.</summary>
    private static int Half(int width) => Block * ((width + Block - 1) / (2 * Block));
}
