using AutoSlim.Agent;
using AutoSlim.Agent.Connecting;
using AutoSlim.Agent.State;
using AutoSlim.Agent.Working;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AutoSlim.FleetSimulator;

/// <summary>An agent as its own program puts it together, but for the worker. It lives as long as the process.</summary>
internal sealed class SimulatedAgent
{
    private readonly AgentOptions options;
    private readonly AgentOutcome outcome = new();
    private readonly AgentWorker agent;

    public SimulatedAgent(AgentOptions options, IWorker worker, DeliveryLog deliveries)
    {
        this.options = options;
        var parts = new ServiceCollection()
            .AddAgent(options)
            .AddSingleton(outcome)
            .AddSingleton<StateFolder>()
            .AddSingleton(worker)
            .AddSingleton<IHostApplicationLifetime>(new AgentLifetime(Ended))
            .AddSingleton<AgentWorker>()
            .BuildServiceProvider();
        parts.GetRequiredService<Courier>().Acknowledged += (report, receipt) => deliveries.Acknowledged(options.Name, report, receipt);
        agent = parts.GetRequiredService<AgentWorker>();
    }

    public Task StartAsync(CancellationToken cancellation) => agent.StartAsync(cancellation);

    /// <summary>No agent ends on its own while a host is tried out.</summary>
    private void Ended()
    {
        Console.Error.WriteLine($"autoslim-agent {options.Name} ended: {outcome.Failure}");
        Environment.Exit(1);
    }
}
