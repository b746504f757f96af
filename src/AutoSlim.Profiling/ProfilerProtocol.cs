namespace AutoSlim.Profiling;

/// <summary>What host and agent must agree on before the first message.</summary>
public static class ProfilerProtocol
{
    /// <summary>Raised whenever a message changes its meaning or its bytes.</summary>
    public const int Version = 3;

    /// <summary>The oldest that this release still speaks.</summary>
    public const int OldestVersion = 3;

    /// <summary>Where the hub listens.</summary>
    public const string HubPath = "/profiler";

    /// <summary>A model or an image blob is at this path plus its SHA-256.</summary>
    public const string ModelsPath = "/models/";

    /// <summary>An agent shows its one-time token at this path plus its name, and sends the key that it made for itself.</summary>
    public const string EnrolmentPath = "/enrolment/";

    /// <summary>The environment variable that carries the token to an agent.</summary>
    public const string TokenVariable = "AUTOSLIM_TOKEN";

    /// <summary>The largest message that either end accepts.</summary>
    public const int MaximumMessageBytes = 16 * 1024 * 1024;

    /// <summary>The largest model or image blob that an agent fetches.</summary>
    public const long MaximumBlobBytes = 256L * 1024 * 1024;

    /// <summary>Between two heartbeats of an agent.</summary>
    public static TimeSpan HeartbeatInterval { get; } = TimeSpan.FromSeconds(10);

    /// <summary>After so long without a heartbeat the probe that an agent held is given out again.</summary>
    public static TimeSpan LeaseTime { get; } = TimeSpan.FromSeconds(60);
}
