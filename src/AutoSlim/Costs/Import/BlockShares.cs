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
    private readonly Dictionary<LayerSignature, int> places = [];
    private readonly int[][] members;
    private readonly int[] counts;
    private readonly double[] microseconds;

    private BlockShares(IReadOnlyList<TimedOperators> blocks)
    {
        this.blocks = blocks;
        members = [.. blocks.Select(block => block.Operators.Select(Place).ToArray())];
        counts = new int[places.Count];
        foreach (var member in members.SelectMany(block => block)) counts[member]++;
        microseconds = Means([.. blocks.Select(block => block.Microseconds / block.MultiplyAdds)]);
        foreach (var (signature, place) in places) microseconds[place] *= signature.MultiplyAdds;
    }

    /// <summary>Each operator's part, for one image, and the samples behind the block with the fewest: no more is known of it.</summary>
    public IEnumerable<(LayerSignature Operator, double Microseconds, int Samples)> Parts
    {
        get
        {
            var samples = Enumerable.Repeat(int.MaxValue, places.Count).ToArray();
            foreach (var (block, member) in blocks.SelectMany((block, index) => members[index].Select(member => (block, member)))) samples[member] = Math.Min(samples[member], block.Samples);
            return places.Select(place => (place.Key, microseconds[place.Value], samples[place.Value]));
        }
    }

    public static BlockShares Of(IReadOnlyList<TimedOperators> blocks)
    {
        var shares = new BlockShares(blocks);
        for (var round = 0; round < Rounds && shares.Draw() > Settled; round++) ;
        return shares;
    }

    /// <summary>How far each block's operators add up to something else than its time, as a share of it, ascending.</summary>
    public IReadOnlyList<double> Misfits() => [.. blocks.Select((block, index) => Math.Abs(Sum(index) / block.Microseconds - 1)).Order()];

    /// <summary>The largest change, as a share.</summary>
    private double Draw()
    {
        var factors = Means([.. blocks.Select((block, index) => block.Microseconds / Sum(index))]);
        for (var place = 0; place < factors.Length; place++) microseconds[place] *= factors[place];
        return factors.Max(factor => Math.Abs(factor - 1));
    }

    private double Sum(int block)
    {
        var sum = 0.0;
        foreach (var member in members[block]) sum += microseconds[member];
        return sum;
    }

    private int Place(LayerSignature signature)
    {
        if (!places.TryGetValue(signature, out var place)) places[signature] = place = places.Count;
        return place;
    }

    /// <summary>For each operator, the mean over its blocks.</summary>
    private double[] Means(double[] ratios)
    {
        var means = new double[counts.Length];
        for (var block = 0; block < members.Length; block++)
            foreach (var member in members[block]) means[member] += ratios[block] / counts[member];
        return means;
    }
}
