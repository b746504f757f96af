using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>One connection of an agent, from its greeting to its end.</summary>
/// <param name="connectionId">Of the hub.</param>
/// <param name="hello">The greeting.</param>
/// <param name="abort">Ends the connection at once.</param>
/// <param name="time">Tells how long the agent has been silent.</param>
internal sealed class AgentSession(string connectionId, AgentHello hello, Action abort, TimeProvider time)
{
    /// <summary>A heartbeat may have been on its way when the lease was given, so one that lacks it says nothing.</summary>
    private const int BeatsUntilLost = 2;

    private readonly Lock gate = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<ProbeLease> held = [.. hello.Holding];
    private ProbeLease? given;
    private TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int beatsWithout;
    private long heardAt = time.GetTimestamp();

    public string ConnectionId => connectionId;

    /// <summary>As the agent named itself.</summary>
    public string AgentName => hello.Name;

    public DeviceDescription Description => hello.Device;

    /// <summary>Completes when the connection is over.</summary>
    public Task Ended => ended.Task;

    /// <summary>Whether the agent said that it works on this, or has the answer.</summary>
    public bool Holds(ProbeLease lease)
    {
        lock (gate) return held.Contains(lease);
    }

    /// <summary>A lease is on its way to the agent, or known to be there.</summary>
    /// <returns>Completes when the agent turns out not to have it.</returns>
    public Task Watch(ProbeLease lease)
    {
        lock (gate)
        {
            (given, beatsWithout, lost) = (lease, 0, new(TaskCreationOptions.RunContinuationsAsynchronously));
            return lost.Task;
        }
    }

    /// <summary>Whether its last sign of life is older than a lease may be.</summary>
    public bool IsSilent
    {
        get
        {
            lock (gate) return time.GetElapsedTime(heardAt) >= ProfilerProtocol.LeaseTime;
        }
    }

    public void Beat(Heartbeat heartbeat)
    {
        lock (gate)
        {
            heardAt = time.GetTimestamp();
            beatsWithout = given is null || heartbeat.Holding.Contains(given) ? 0 : beatsWithout + 1;
            if (beatsWithout < BeatsUntilLost) return;
            held.Remove(given!);
            lost.TrySetResult();
        }
    }

    public void Abort() => abort();

    public void End() => ended.TrySetResult();
}
