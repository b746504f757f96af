using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Tests.Slimming;

/// <summary>An invented supernet: every group's missing channels raise the loss by a price of its own, quadratically, so that the best choice is known.</summary>
internal sealed class SyntheticScores
{
    private readonly NetworkDefinition definition;
    private readonly IReadOnlyDictionary<string, double> prices;

    public SyntheticScores(NetworkDefinition definition, ulong seed)
    {
        this.definition = definition;
        var random = new SplitMix64(seed);
        prices = definition.Groups.ToDictionary(group => group.Name, _ => 0.1 + random.Unit());
    }

    /// <summary>How many candidates were scored so far.</summary>
    public int Scored { get; private set; }

    public CandidateScores Delegate => (_, candidates) =>
    {
        Scored += candidates.Count;
        return [.. candidates.Select(Loss)];
    };

    public double Loss(ChannelConfiguration configuration) =>
        definition.Groups.Sum(group => prices[group.Name] * Math.Pow(1 - (double)configuration[group.Name] / group.Maximum, 2));
}
