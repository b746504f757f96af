using AutoSlim.Agent.State;
using AutoSlim.Agent.Working;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AutoSlim.Agent;

/// <summary>Puts the agent together and runs it until it is told to stop or cannot go on.</summary>
internal static class AgentProcess
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(AgentOptions options)
    {
        var (outcome, state) = (new AgentOutcome(), new StateFolder(options));
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging
            .AddSimpleConsole(console => console.SingleLine = true)
            .AddFilter("Microsoft", LogLevel.Error)
            .SetMinimumLevel(LogLevel.Warning);
        builder.Services
            .Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout)
            .AddSystemd()
            .AddWindowsService()
            .AddAgent(options)
            .AddSingleton(outcome)
            .AddSingleton(state)
            .AddSingleton<IWorker, Worker>()
            .AddHostedService<ParentWatch>()
            .AddHostedService<AgentWorker>();
        using (var host = builder.Build()) await host.RunAsync();
        if (outcome.Failure is not null) Console.Error.WriteLine($"autoslim-agent: {outcome.Failure}");
        return outcome.Failure is null ? 0 : 1;
    }
}
