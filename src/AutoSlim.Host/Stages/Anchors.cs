using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>The whole networks that a device is calibrated with: uniform ones of spread sizes and a few random ones.</summary>
internal static class Anchors
{
    private const int RandomNetworks = 6;

    /// <summary>Fixed: the anchors are part of a table's meaning, not of a run.</summary>
    private const ulong RandomSeed = 2019;

    private static readonly double[] Widths = [0.15, 0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25];

    public static IReadOnlyList<ResolvedNetwork> For(NetworkDefinition definition)
    {
        var random = new SplitMix64(RandomSeed);
        var sampler = WidthSampler.Sandwich(definition);
        List<ChannelConfiguration> configurations = [definition.Narrowest, .. Widths.Select(definition.Uniform)];
        for (var i = 0; i < RandomNetworks; i++) configurations.Add(sampler.RandomMember(ref random));
        return [.. configurations.Distinct().Select(definition.Resolve)];
    }

    public static LatencyCalibration Calibrate(NetworkDefinition definition, CostTable table) => LatencyCalibration.Fit(
        [.. For(definition).Select(network => LatencyAnchor.Of(network, table, table.Find(ProbeEntry.Network(network))!.MedianMicroseconds / 1000))]);
}
