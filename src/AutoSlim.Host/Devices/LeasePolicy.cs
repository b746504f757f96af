namespace AutoSlim.Host.Devices;

/// <summary>How patient a hub is with its devices.</summary>
internal sealed record LeasePolicy
{
    /// <summary>A verb that somebody waits for.</summary>
    public static LeasePolicy Impatient { get; } = new() { ReturnTimeout = TimeSpan.FromSeconds(30), MaximumLeases = 3 };

    /// <summary>A host that runs for months: a device that is away will be back.</summary>
    public static LeasePolicy Patient { get; } = new() { ReturnTimeout = Timeout.InfiniteTimeSpan, MaximumLeases = 10 };

    /// <summary>Failures in a row after which a device is left alone.</summary>
    public int FailuresUntilBreak { get; init; } = 3;

    /// <summary>For how long.</summary>
    public TimeSpan BreakTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For a device that is away, before what waits for it fails.</summary>
    public required TimeSpan ReturnTimeout { get; init; }

    /// <summary>How often one probe is given out; one that outlives as many agents is to blame itself.</summary>
    public required int MaximumLeases { get; init; }
}
