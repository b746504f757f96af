using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>
/// The widths of a group that are measured: its maximum, halves of it on multiples of 8, its minimum. Times are near to bilinear
/// between widths that runtimes lay out alike, so that few are enough. Where a device works in wider blocks, the halves are multiples of
/// those, and the outermost multiples are measured besides the ends.
/// </summary>
public static class WidthLattice
{
    private const int FinestBlock = 8;
    private const double NarrowestHalf = 1.5;

    /// <summary>Descending and distinct: <c>1920, 960, 480, 192</c>. A half within 1.5 times the minimum is left out.</summary>
    /// <param name="group">Whose widths.</param>
    /// <param name="alignment">See <see cref="DeviceAlignment"/>.</param>
    public static IReadOnlyList<int> Of(ChannelGroup group, int alignment)
    {
        var block = Block(alignment);
        List<int> widths = [group.Maximum, .. Multiples(group, alignment), group.Minimum];
        for (var half = Half(group.Maximum, block); half > NarrowestHalf * group.Minimum; half = Half(half, block)) widths.Add(half);
        return [.. widths.Distinct().OrderDescending()];
    }

    /// <summary>What measured widths between the ends are multiples of.</summary>
    internal static int Block(int alignment) => Math.Max(FinestBlock, alignment);

    /// <summary>The widest and the narrowest multiple within the group's range.</summary>
    private static IEnumerable<int> Multiples(ChannelGroup group, int alignment) =>
        alignment == DeviceAlignment.None ? [] : new[] { group.Aligned(group.Maximum, alignment), group.Aligned(group.Minimum, alignment) };

    /// <summary>To the nearest multiple of the block; of two that are as near, the smaller. Always below <paramref name="width"/>.</summary>
    private static int Half(int width, int block) => block * ((width + block - 1) / (2 * block));
}
