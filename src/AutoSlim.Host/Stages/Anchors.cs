using AutoSlim.Costs;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>
/// The whole networks that a device is calibrated with: uniform ones of spread sizes, tapering ones and uneven ones. A search ends at
/// networks that are wide in front and narrow behind; uniform ones alone cannot tell apart what weights, multiply-adds and activations cost.
/// Fixed for a device of one alignment, whose multiples they keep to as the search does: the anchors are part of a table's meaning, not of a run.
/// </summary>
internal static class Anchors
{
    private static readonly double[] Widths = [0.15, 0.25, 0.35, 0.5, 0.65, 0.8, 1, 1.25];
    private const int UnevenOnes = 20;
    private const ulong UnevenSeed = 7;
    private const int MemoryOnes = 8;
    private static readonly (double First, double Last)[] Tapers = [(1.5, 0.15), (1, 0.15), (0.5, 0.15), (1, 0.4), (0.7, 0.3), (0.15, 0.5), (0.15, 1)];

    /// <param name="definition">The network to be priced.</param>
    /// <param name="alignment">See <see cref="DeviceAlignment"/>.</param>
    public static IReadOnlyList<ResolvedNetwork> For(NetworkDefinition definition, int alignment)
    {
        var uniform = Widths.Select(definition.Uniform).Prepend(definition.Narrowest);
        var tapering = Tapers.Select(taper => Tapering(definition, taper.First, taper.Last));
        return Resolved(definition, alignment, [.. uniform, .. tapering, .. UnevenNetworks.Draw(definition, UnevenSeed).Take(UnevenOnes)]);
    }

    /// <summary>Whether a table holds every one of them.</summary>
    public static bool AreKnown(NetworkDefinition definition, CostTable table) => table.Missing([.. For(definition, table.Alignment).Select(ProbeEntry.Network)]).Count == 0;

    /// <summary>Eight of them, evenly spread in the order of the activations that they hold: memory has a scale and a constant to be found, no more.</summary>
    public static IReadOnlyList<ResolvedNetwork> ForMemory(NetworkDefinition definition, int alignment)
    {
        var sorted = For(definition, alignment).OrderBy(LeastActivation.Bytes).ToList();
        return [.. Enumerable.Range(0, MemoryOnes).Select(index => sorted[index * (sorted.Count - 1) / (MemoryOnes - 1)]).Distinct()];
    }

    /// <summary>Those whose time tells whether the device still runs as when it was calibrated: neither the smallest nor the largest.</summary>
    public static IReadOnlyList<ResolvedNetwork> Sentinels(NetworkDefinition definition, int alignment) =>
        Resolved(definition, alignment, Widths[1..^1].Select(definition.Uniform));

    /// <summary>By all that are measured. An imported table has none to learn from.</summary>
    public static LatencyCalibration Calibrate(NetworkDefinition definition, CostTable table) => table.IsImported
        ? LatencyCalibration.Uncalibrated
        : LatencyCalibration.Fit([.. Measured(definition, table).Select(network =>
            new LatencyAnchor(LatencyTerms.Of(network, table), table.Find(ProbeEntry.Network(network))!.MedianMicroseconds / 1000))]);

    /// <summary>These, and whatever else of the network the table holds: what searches chose and it mispriced.</summary>
    public static IEnumerable<ResolvedNetwork> Measured(NetworkDefinition definition, CostTable table)
    {
        var own = For(definition, table.Alignment);
        var others = table.Measurements.Where(entry => entry.Value.IsOk).Select(entry => ProbeEntry.NetworkNamed(definition, entry.Key)).OfType<ChannelConfiguration>();
        return own.Concat(others.Except(own.Select(network => network.Configuration)).Select(definition.Resolve));
    }

    private static IReadOnlyList<ResolvedNetwork> Resolved(NetworkDefinition definition, int alignment, IEnumerable<ChannelConfiguration> configurations) =>
        [.. configurations.Select(configuration => definition.Aligned(configuration, alignment)).Distinct().Select(definition.Resolve)];

    /// <summary>Every group as in a uniform network whose width runs evenly from the first group's to the last one's.</summary>
    private static ChannelConfiguration Tapering(NetworkDefinition definition, double first, double last) => new(definition.Groups.Select((group, index) =>
        KeyValuePair.Create(group.Name, definition.Uniform(double.Lerp(first, last, (double)index / (definition.Groups.Count - 1)))[group.Name])));
}
