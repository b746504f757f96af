using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Benchmarks.Search;

/// <summary>What every way of searching gets: one trained supernet, images to search on, budgets, and images that no search sees.</summary>
/// <param name="Network">Trained.</param>
/// <param name="Pool">Held out of the training; searches draw their images from it.</param>
/// <param name="Unseen">Test images, to compare what the searches chose.</param>
/// <param name="Normalization">Of the training images.</param>
/// <param name="Targets">From the largest budget to the smallest.</param>
internal sealed record SearchSubject(SlimmableNetwork Network, ImageSource Pool, ImageSource Unseen, Normalization Normalization, IReadOnlyList<Target> Targets)
{
    /// <summary>Published budgets of MobileNet v2 (505, 305 and 207 million) over its multiply-adds at 1.0x (301 million).</summary>
    private static readonly double[] PublishedShares = [505.0 / 301, 305.0 / 301, 207.0 / 301];

    public NetworkDefinition Definition => Network.Definition;

    /// <summary>Search images of one draw; another draw has others.</summary>
    public ImageSource Draw(int images, ulong draw)
    {
        int[] order = [.. Enumerable.Range(0, Pool.Count)];
        SplitMix64.For(draw, 0).Shuffle(order.AsSpan());
        return Pool.Subset([.. order.Take(images).Order()]);
    }

    /// <summary>Losses on images that no search sees, nats, every network from its first layer on.</summary>
    public IReadOnlyList<double> UnseenLosses(IReadOnlyList<ChannelConfiguration> networks)
    {
        using var scorer = new CandidateScorer(Network, Unseen, Normalization, ScoringWay.Exhaustive);
        return scorer.Score(Definition.Widest, networks);
    }

    public static IReadOnlyList<Target> PublishedBudgets(NetworkDefinition definition)
    {
        var full = MultiplyAdds.Count(definition.Resolve(definition.Uniform(1)));
        return [.. PublishedShares.Select((share, index) => new Target($"budget{index + 1}", [new Budget(MacsName, Math.Round(share * full))]))];
    }

    public const string MacsName = "macs";
}
