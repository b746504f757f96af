using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>Configurations such as a search ends at, drawn by chance: of all sizes, each group a little wider or narrower than its neighbours.</summary>
internal static class UnevenNetworks
{
    /// <summary>How far a group's width may lie from the network's size, as a share of the group's range.</summary>
    private const double Unevenness = 0.35;

    /// <summary>Without end; the same for a seed.</summary>
    public static IEnumerable<ChannelConfiguration> Draw(NetworkDefinition definition, ulong seed)
    {
        for (long index = 0; ; index++) yield return One(definition, SplitMix64.For(seed, index));
    }

    private static ChannelConfiguration One(NetworkDefinition definition, SplitMix64 random)
    {
        var (size, widths) = (random.Unit(), new List<KeyValuePair<string, int>>());
        foreach (var group in definition.Groups)
        {
            var place = Math.Clamp(size + Unevenness * random.Symmetric(), 0, 1);
            widths.Add(new(group.Name, (int)Math.Round(double.Lerp(group.Minimum, group.Maximum, place))));
        }

        return new(widths);
    }
}
