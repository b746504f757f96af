using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>A device that a search is settled with.</summary>
/// <param name="Costs">What is known of it.</param>
/// <param name="Measure">From chosen networks, by target, and the names of costs of this device to what was measured: by cost, then by target, in the cost's unit; null where the table was imported, and there is nobody to ask.</param>
internal sealed record SettlingDevice(
    DeviceCosts Costs,
    Func<IReadOnlyDictionary<string, ChannelConfiguration>, IReadOnlyCollection<string>, Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>>>? Measure);
