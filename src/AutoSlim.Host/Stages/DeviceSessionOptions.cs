using AutoSlim.Host.Remote;

namespace AutoSlim.Host.Stages;

/// <summary>How a verb reaches its device.</summary>
internal sealed record DeviceSessionOptions
{
    /// <summary>A running host whose devices are asked; null to open the hub here.</summary>
    public HostAddress? Server { get; init; }

    /// <summary>
    /// Tells this sitting from others of the same work: what a restarted job asks in the sitting that it was in is answered from what the
    /// device has measured, what it asks in another is measured anew.
    /// </summary>
    public string Sitting { get; init; } = "";

    /// <summary>On loopback; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>What the agent must present; made up when null.</summary>
    public string? Token { get; init; }

    /// <summary>From the start to the agent's greeting.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether somebody said how long, and a job, too, waits no longer.</summary>
    public bool IsTimeoutGiven { get; init; }
}
