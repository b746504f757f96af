using AutoSlim.Host.Stages;
using AutoSlim.Networks;

namespace AutoSlim.Benchmarks.Tables;

/// <summary>Networks that a search on a device might end at, and that calibrated nothing.</summary>
internal static class RandomConfigurations
{
    /// <summary>Apart from the seed of the networks that calibrate.</summary>
    private const ulong FirstSeed = 1_000_000;

    /// <summary>Distinct, and on multiples of the alignment.</summary>
    public static IReadOnlyList<ResolvedNetwork> Draw(NetworkDefinition definition, int alignment, int count, ulong seed)
    {
        var known = Anchors.For(definition, alignment).Select(anchor => anchor.Configuration).ToHashSet();
        return
        [
            .. UnevenNetworks.Draw(definition, FirstSeed + seed).Select(configuration => definition.Aligned(configuration, alignment))
                .Where(known.Add).Take(count).Select(definition.Resolve),
        ];
    }
}
