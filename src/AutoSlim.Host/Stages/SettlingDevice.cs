using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>A device that a search is settled with.</summary>
/// <param name="Costs">What is known of its latencies.</param>
/// <param name="Measure">From chosen networks, by target, to their milliseconds there.</param>
internal sealed record SettlingDevice(DeviceCosts Costs, Func<IReadOnlyDictionary<string, ChannelConfiguration>, Task<IReadOnlyDictionary<string, double>>> Measure);
