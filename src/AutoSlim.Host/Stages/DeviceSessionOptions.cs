namespace AutoSlim.Host.Stages;

/// <summary>How a verb reaches its device.</summary>
internal sealed record DeviceSessionOptions
{
    /// <summary>On loopback; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>What the agent must present; made up when null.</summary>
    public string? Token { get; init; }

    /// <summary>From the start to the agent's greeting.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
