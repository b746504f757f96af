using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>A device whose latency a search limits.</summary>
/// <param name="Costs">What is known of its latencies.</param>
/// <param name="Measure">From chosen networks, by target, to their milliseconds there; null where the table was imported, and there is nobody to ask.</param>
internal sealed record SettlingDevice(DeviceCosts Costs, Func<IReadOnlyDictionary<string, ChannelConfiguration>, Task<IReadOnlyDictionary<string, double>>>? Measure);
