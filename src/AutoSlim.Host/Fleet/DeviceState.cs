using AutoSlim.Profiling;

namespace AutoSlim.Host.Fleet;

/// <summary>What the host knows of one device now.</summary>
/// <param name="Name">As it is enrolled.</param>
/// <param name="Pool">Whose cost table it measures for: its own, or one that equal devices share.</param>
/// <param name="IsConnected">Whether its agent is here.</param>
/// <param name="Description">Null before its first connection.</param>
/// <param name="Conditions">At the last heartbeat.</param>
/// <param name="SeenAt">Its last sign of life; null before the first.</param>
/// <param name="Doing">What it is asked now; null when it idles.</param>
internal sealed record DeviceState(
    string Name, string Pool, bool IsConnected, DeviceDescription? Description, DeviceConditions Conditions, DateTimeOffset? SeenAt, string? Doing);
