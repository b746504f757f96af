using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>A <see cref="CostTableFile"/>, key by key; a dictionary's values may be null whatever their type says.</summary>
/// <param name="Memory">Left out where none was measured.</param>
internal sealed record CostTableDocument(
    int Format, string Fingerprint, DeviceDescription Device, IReadOnlyDictionary<string, CostTableLine?> Entries, IReadOnlyDictionary<string, NetworkMemory?>? Memory = null);
