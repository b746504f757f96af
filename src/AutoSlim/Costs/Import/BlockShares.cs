using AutoSlim.Networks;

namespace AutoSlim.Costs.Import;

/// <summary>
/// Splits times of several operators over them. First by multiply-adds; an operator that several blocks have gets the mean of its
/// shares. Then all shares are drawn towards each other, each by the mean ratio of its blocks' times to their sums, until the operators of
/// every block add up to its time as nearly as they can. That no operator was timed itself stays: a table of blocks cannot tell which is slow.
/// </summary>
internal sealed class BlockShares
{
    private const int Rounds = 200;
    private const double Settled = 1e-9;

    private readonly IReadOnlyList<TimedOperators> blocks;
    private readonly Dictionary<LayerSignature, double> microseconds;
    private readonly Dictionary<LayerSignature, int> samples = [];

    private BlockShares(IReadOnlyList<TimedOperators> blocks)
    {
        this.blocks = blocks;
        microseconds = Means(block => [.. block.Operators.Select(signature => block.Microseconds * signature.MultiplyAdds / block.MultiplyAdds)]);
        foreach (var block in blocks)
            foreach (var signature in block.Operators) samples[signature] = Math.Min(block.Samples, samples.GetValueOrDefault(signature, int.MaxValue));
    }

    /// <summary>Of each operator, for one image.</summary>
    public IReadOnlyDictionary<LayerSignature, double> Microseconds => microseconds;

    public static BlockShares Of(IReadOnlyList<TimedOperators> blocks)
    {
        var shares = new BlockShares(blocks);
        for (var round = 0; round < Rounds && shares.Draw() > Settled; round++);
        return shares;
    }

    /// <summary>Behind the block with the fewest: no more is known of an operator.</summary>
    public int Samples(LayerSignature signature) => samples[signature];

    /// <summary>How far each block's operators add up to something else than its time, as a share of it, ascending.</summary>
    public IReadOnlyList<double> Misfits() => [.. blocks.Select(block => Math.Abs(Sum(block) / block.Microseconds - 1)).Order()];

    /// <summary>The largest change, as a share.</summary>
    private double Draw()
    {
        var factors = Means(block => [.. block.Operators.Select(_ => block.Microseconds / Sum(block))]);
        foreach (var (signature, factor) in factors) microseconds[signature] *= factor;
        return factors.Values.Max(factor => Math.Abs(factor - 1));
    }

    private double Sum(TimedOperators block) => block.Operators.Sum(signature => microseconds[signature]);

    /// <summary>The mean, for each operator, of what its blocks say of it.</summary>
    private Dictionary<LayerSignature, double> Means(Func<TimedOperators, IReadOnlyList<double>> values)
    {
        var sums = new Dictionary<LayerSignature, (double Sum, int Count)>();
        foreach (var block in blocks)
            foreach (var (signature, value) in block.Operators.Zip(values(block)))
                sums[signature] = sums.TryGetValue(signature, out var before) ? (before.Sum + value, before.Count + 1) : (value, 1);
        return sums.ToDictionary(pair => pair.Key, pair => pair.Value.Sum / pair.Value.Count);
    }
}
