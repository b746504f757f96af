namespace AutoSlim.Profiling;

/// <summary>What an agent may ask of the host.</summary>
public interface IProfilerHub
{
    /// <summary>The first message of every connection.</summary>
    Task<Welcome> Greet(AgentHello hello);

    /// <summary>Hands in what was measured under a lease, as often as it takes: the host counts it once.</summary>
    Task<ProbeReceipt> Deliver(ProbeReport report);

    /// <summary>Keeps the agent's lease alive, and tells how the device fares.</summary>
    Task Beat(Heartbeat heartbeat);
}
