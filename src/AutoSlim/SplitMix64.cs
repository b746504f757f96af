namespace AutoSlim;

/// <summary>
/// A seeded generator (Steele, Lea, Flood 2014) whose sequence is fixed by its definition, not by a runtime's version: what was shuffled
/// or drawn with a seed once is drawn the same for ever.
/// </summary>
public struct SplitMix64(ulong seed)
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong state = seed;

    /// <summary>A generator for one item of a family (an epoch, an image), unrelated to its neighbours.</summary>
    public static SplitMix64 For(ulong seed, long item) => new(new SplitMix64(seed + (ulong)item * 0xD1342543DE82EF95).Next());

    public ulong Next()
    {
        state += Increment;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>A whole number from 0 to <paramref name="exclusiveLimit"/> - 1.</summary>
    public int Below(int exclusiveLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveLimit, 1);
        return (int)Math.BigMul(Next(), (ulong)exclusiveLimit, out _);
    }

    /// <summary>A number in [0, 1).</summary>
    public double Unit() => (Next() >> 11) / (double)(1L << 53);

    /// <summary>A number in [-1, 1).</summary>
    public float Symmetric() => (int)(Next() >> 40) / (float)(1 << 23) - 1;

    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var other = Below(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }
}
