using AutoSlim.Networks;

namespace AutoSlim.Training.Scoring;

/// <summary>
/// Decides, layer by layer, what of a candidate the current network has computed already. A narrower convolution over an unchanged
/// input gives the first channels of the wide one; what works channel by channel (depthwise, sums, pooling) hands that on; the first
/// layer that mixes channels of a narrowed input, and what follows it, must run.
/// </summary>
internal static class ReusePlan
{
    /// <summary>In the order of the candidate's layers.</summary>
    /// <param name="current">Whose activations are there.</param>
    /// <param name="candidate">Of the same definition, in no group wider than <paramref name="current"/>.</param>
    public static IReadOnlyList<Reuse> Of(ResolvedNetwork current, ResolvedNetwork candidate)
    {
        var byLayer = new Dictionary<string, Reuse> { [NetworkDefinition.InputName] = Reuse.Whole };
        foreach (var (layer, before) in candidate.Layers.Zip(current.Layers))
            byLayer[layer.Name] = Of(layer, before, [.. layer.Layer.Inputs.Select(input => byLayer[input])]);
        return [.. candidate.Layers.Select(layer => byLayer[layer.Name])];
    }

    /// <summary>How many layers, from the first on, the candidate leaves as they are.</summary>
    public static int SharedLayers(ResolvedNetwork current, ResolvedNetwork candidate) => Of(current, candidate).TakeWhile(reuse => reuse == Reuse.Whole).Count();

    private static Reuse Of(ResolvedLayer layer, ResolvedLayer before, IReadOnlyList<Reuse> inputs)
    {
        if (inputs.Contains(Reuse.None) || layer.Output.Channels > before.Output.Channels) return Reuse.None;
        var untouched = inputs.All(input => input == Reuse.Whole);
        if (!untouched && !layer.Signature.KeepsChannels) return Reuse.None;
        return layer.Output.Channels == before.Output.Channels ? Reuse.Whole : Reuse.FirstChannels;
    }
}
