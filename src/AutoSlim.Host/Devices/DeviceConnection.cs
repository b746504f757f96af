using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>A device's present connection, or the wait for its next one.</summary>
internal sealed class DeviceConnection(string name)
{
    private readonly Lock gate = new();
    private TaskCompletionSource<string> current = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Null until the device has connected for the first time.</summary>
    public DeviceDescription? Description { get; private set; }

    public bool IsOpen
    {
        get
        {
            lock (gate) return current.Task.IsCompletedSuccessfully;
        }
    }

    /// <summary>A newer connection replaces an older one: its agent may have died without a word.</summary>
    /// <returns>Why the agent is refused, or null.</returns>
    public string? Attach(string connectionId, DeviceDescription description)
    {
        lock (gate)
        {
            if (current.Task.IsFaulted) return current.Task.Exception.InnerException!.Message;
            if (Description is not null && Description != description)
                return $"device '{name}' was another one before ({Description.Fingerprint}, now {description.Fingerprint}): give this one its own name";
            Description = description;
            if (current.Task.IsCompleted) current = new(TaskCreationOptions.RunContinuationsAsynchronously);
            current.SetResult(connectionId);
            return null;
        }
    }

    public void Detach(string connectionId)
    {
        lock (gate)
        {
            if (current.Task.IsCompletedSuccessfully && current.Task.Result == connectionId) current = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Nobody waits any longer: the device will not come back.</summary>
    public void GiveUp(DeviceException reason)
    {
        lock (gate)
        {
            if (current.Task.IsCompletedSuccessfully) current = new(TaskCreationOptions.RunContinuationsAsynchronously);
            current.TrySetException(reason);
            _ = current.Task.Exception;
        }
    }

    /// <returns>The connection's id.</returns>
    /// <exception cref="DeviceException">The device is not coming.</exception>
    public async Task<string> WaitAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        Task<string> connected;
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
