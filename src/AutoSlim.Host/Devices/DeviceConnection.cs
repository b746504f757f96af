using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>A device's present connection, or the wait for its next one.</summary>
internal sealed class DeviceConnection(string name)
{
    private readonly Lock gate = new();
    private TaskCompletionSource<AgentSession> current = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool isExpelled;

    /// <summary>Null until the device has connected for the first time.</summary>
    public DeviceDescription? Description { get; private set; }

    public bool IsOpen => Session is not null;

    /// <summary>Null while the device is away.</summary>
    public AgentSession? Session
    {
        get
        {
            lock (gate) return current.Task.IsCompletedSuccessfully ? current.Task.Result : null;
        }
    }

    /// <summary>A newer connection replaces an older one: its agent may have died without a word.</summary>
    /// <param name="session">Of the agent.</param>
    /// <param name="ownsName">Whether nobody else can have this name, so that a device that is not what it was before has changed.</param>
    /// <returns>Why the agent is refused, or null.</returns>
    public string? Attach(AgentSession session, bool ownsName)
    {
        AgentSession? older = null;
        lock (gate)
        {
            if (isExpelled) (current, isExpelled) = (new(TaskCreationOptions.RunContinuationsAsynchronously), false);
            if (current.Task.IsFaulted) return current.Task.Exception.InnerException!.Message;
            if (!ownsName && Description is not null && Description != session.Description)
                return $"device '{name}' was another one before ({Description.Fingerprint}, now {session.Description.Fingerprint}): give this one its own name";
            Description = session.Description;
            if (current.Task.IsCompleted)
            {
                older = current.Task.Result;
                current = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            current.SetResult(session);
        }

        older?.End();
        return null;
    }

    /// <summary>What the device was when it was last here, from before this host started.</summary>
    public void Remember(DeviceDescription description) => Description ??= description;

    public void Detach(string connectionId)
    {
        AgentSession? left = null;
        lock (gate)
        {
            if (current.Task.IsCompletedSuccessfully && current.Task.Result.ConnectionId == connectionId)
            {
                left = current.Task.Result;
                current = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        left?.End();
    }

    /// <summary>Nobody waits any longer: the device will not come back.</summary>
    public void GiveUp(DeviceException reason)
    {
        AgentSession? left = null;
        lock (gate)
        {
            if (current.Task.IsCompletedSuccessfully)
            {
                left = current.Task.Result;
                current = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            current.TrySetException(reason);
            _ = current.Task.Exception;
        }

        left?.End();
    }

    /// <summary>Whoever waits is told, and what the device was is forgotten: another may come under its name.</summary>
    public void Expel(DeviceException reason)
    {
        GiveUp(reason);
        lock (gate) (Description, isExpelled) = (null, true);
    }

    /// <exception cref="DeviceException">The device is not coming.</exception>
    public async Task<AgentSession> WaitAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        Task<AgentSession> connected;
        lock (gate) connected = current.Task;
        try
        {
            return await connected.WaitAsync(timeout, cancellation);
        }
        catch (TimeoutException)
        {
            throw new DeviceException(FormattableString.Invariant($"device '{name}' did not connect within {timeout.TotalSeconds} s"));
        }
    }
}
