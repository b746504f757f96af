using System.Diagnostics;
using Microsoft.Extensions.Hosting;

namespace AutoSlim.Agent;

/// <summary>Stops the agent when the process that started it is gone, however that ended: an orphan would keep a processor busy.</summary>
internal sealed class ParentWatch(AgentOptions options, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.ParentProcess is not int id) return;
        try
        {
            using var parent = Process.GetProcessById(id);
            await parent.WaitForExitAsync(stoppingToken);
        }
        catch (ArgumentException)
        {
            // It is gone already.
        }

        lifetime.StopApplication();
    }
}
