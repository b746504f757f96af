using AutoSlim.Networks;

namespace AutoSlim.Slimming;

/// <summary>
/// Whether a supernet can tell configurations apart. One that was trained too little scores its narrowest configuration, which learns in
/// every step, as well as far larger ones, which seldom do; a search would follow that.
/// </summary>
/// <param name="WidestLoss">On held-out images, nats; so are the next two.</param>
/// <param name="MiddleLoss">The median of <see cref="MiddleConfigurations"/> random mid-size configurations.</param>
/// <param name="NarrowestLoss">Of the narrowest configuration.</param>
public sealed record SupernetHealth(double WidestLoss, double MiddleLoss, double NarrowestLoss)
{
    public const int MiddleConfigurations = 7;

    public bool IsHealthy => WidestLoss < MiddleLoss && MiddleLoss < NarrowestLoss;

    /// <param name="definition">The supernet's network.</param>
    /// <param name="scores">Asked once.</param>
    /// <param name="seed">Decides the mid-size configurations.</param>
    public static SupernetHealth Of(NetworkDefinition definition, CandidateScores scores, ulong seed)
    {
        var random = new SplitMix64(seed);
        var middle = new List<ChannelConfiguration>();
        for (var i = 0; i < MiddleConfigurations; i++) middle.Add(Middle(definition, ref random));
        var losses = scores(definition.Widest, [definition.Widest, definition.Narrowest, .. middle]);
        return new(losses[0], losses.Skip(2).Order().ElementAt(MiddleConfigurations / 2), losses[1]);
    }

    public override string ToString() => FormattableString.Invariant(
        $"loss {WidestLoss:0.000} at the widest, {MiddleLoss:0.000} at random mid sizes (median of {MiddleConfigurations}), {NarrowestLoss:0.000} at the narrowest");

    /// <summary>Every group draws evenly, so that the sum of many lies in the middle.</summary>
    private static ChannelConfiguration Middle(NetworkDefinition definition, ref SplitMix64 random)
    {
        var channels = new List<KeyValuePair<string, int>>();
        foreach (var group in definition.Groups) channels.Add(new(group.Name, group.Grid[random.Below(group.Grid.Count)]));
        return new(channels);
    }
}
