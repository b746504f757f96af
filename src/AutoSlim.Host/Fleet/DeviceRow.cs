namespace AutoSlim.Host.Fleet;

/// <summary>A device as it is stored.</summary>
internal sealed class DeviceRow
{
    public string Name { get; init; } = "";

    public string Pool { get; init; } = "";

    /// <summary>JSON of a <see cref="Profiling.DeviceDescription"/>.</summary>
    public string? Description { get; init; }

    public long? SeenMilliseconds { get; init; }
}
