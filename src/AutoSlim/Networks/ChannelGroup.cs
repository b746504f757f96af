namespace AutoSlim.Networks;

/// <summary>
/// Channel dimensions that must stay equal (a residual stream, an expansion and its depthwise layer) and are therefore slimmed as one.
/// </summary>
/// <param name="Name">Unique within its network.</param>
/// <param name="Maximum">Channels of the widest network.</param>
/// <param name="Minimum">Channels of the narrowest network, at least 1.</param>
/// <param name="Step">Channels in one block: what a slimming step takes away.</param>
/// <param name="Origin">A width on the block grid; the grid is every width congruent to it modulo <paramref name="Step"/>.</param>
public sealed record ChannelGroup(string Name, int Maximum, int Minimum, int Step, int Origin)
{
    /// <summary>
    /// The next narrower width: the largest grid width below <paramref name="channels"/>, the minimum when the grid has no
    /// width left above it, or null when <paramref name="channels"/> is the minimum already.
    /// </summary>
    public int? Below(int channels)
    {
        if (channels <= Minimum) return null;
        var overshoot = Modulo(channels - Origin, Step);
        return Math.Max(Minimum, channels - (overshoot == 0 ? Step : overshoot));
    }

    /// <summary>
    /// The same on a device that works in blocks of <paramref name="alignment"/> channels: the largest multiple of it that is not above
    /// the next narrower width, or else any narrower one; the minimum only when no multiple is left. 1 is the published grid.
    /// </summary>
    public int? Below(int channels, int alignment)
    {
        if (Below(channels) is not int below) return null;
        var (down, up) = (below - below % alignment, Minimum + Modulo(-Minimum, alignment));
        return down >= Minimum ? down : up < channels ? up : Minimum;
    }

    /// <summary>The multiple of <paramref name="alignment"/> in the group's range that is nearest, the narrower of two; the width itself where there is none.</summary>
    public int Aligned(int channels, int alignment)
    {
        var nearest = alignment * ((channels + (alignment - 1) / 2) / alignment);
        int[] multiples = [nearest, nearest - alignment, nearest + alignment];
        return multiples.Where(Contains).DefaultIfEmpty(channels).First();
    }

    /// <summary>Every width that slimming steps from the widest pass through, ascending.</summary>
    public IReadOnlyList<int> Grid
    {
        get
        {
            var grid = new List<int>();
            for (int? channels = Maximum; channels is int width; channels = Below(width)) grid.Add(width);
            grid.Reverse();
            return grid;
        }
    }

    public bool Contains(int channels) => channels >= Minimum && channels <= Maximum;

    /// <summary>The published block size: a twelfth of the widest, rounded to a multiple of 8, at least 8 (paper section 3.2).</summary>
    public static int BlockOf(int maximum) => Math.Max(8, 8 * (int)Math.Round(maximum / 96.0, MidpointRounding.ToEven));

    private static int Modulo(int value, int modulus) => ((value % modulus) + modulus) % modulus;
}
