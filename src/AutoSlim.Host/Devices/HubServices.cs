using AutoSlim.Host.Fleet;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR;

namespace AutoSlim.Host.Devices;

/// <summary>What every device of a hub needs.</summary>
/// <param name="Models">On offer to agents.</param>
/// <param name="Ledger">Of all questions.</param>
/// <param name="Deliveries">Who waits for an answer.</param>
/// <param name="Policy">Of patience.</param>
/// <param name="Time">Of the time limits.</param>
/// <param name="Logs">Of the policies' events.</param>
/// <param name="Hub">Of the agents.</param>
internal sealed record HubServices(
    ModelStore Models, ProbeLedger Ledger, Deliveries Deliveries, LeasePolicy Policy, TimeProvider Time, ILoggerFactory Logs, IHubContext<ProfilerHub, IProfilerAgent> Hub)
{
    /// <summary>Of questions that no other work owns: those of this process.</summary>
    public string Campaign { get; } = $"process {Guid.NewGuid():N}";

    public IProfilerAgent AgentOf(string connectionId) => Hub.Clients.Client(connectionId);
}
