using AutoSlim.Agent.Connecting;
using AutoSlim.Agent.Measuring;
using AutoSlim.Agent.Working;
using AutoSlim.Profiling;
using Microsoft.Extensions.Hosting;

namespace AutoSlim.Agent;

/// <summary>Keeps the connection to the host: connects, serves until the connection ends, connects again.</summary>
internal sealed class AgentWorker(AgentOptions options, Worker worker, RequestDesk desk, AgentOutcome outcome, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private const double DescribingMilliseconds = 60_000;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ServeAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop.
        }
        catch (Exception error)
        {
            outcome.Failure = OneLine.Of(error);
        }
        finally
        {
            await desk.CloseAsync();
            lifetime.StopApplication();
        }
    }

    private async Task ServeAsync(CancellationToken stopping)
    {
        if (!CpuClock.IsFineGrained) Report("samples cannot be gated on this operating system: leave the device alone while it measures");
        var device = await worker.AskAsync<int, DeviceDescription>(WorkerTask.Describe, 0, DescribingMilliseconds, stopping);
        var connecting = Reconnection.Pipeline(error => Report($"the host at {options.Server} cannot be reached: {OneLine.Of(error)}; trying again"));
        while (true)
        {
            await using var link = await connecting.ExecuteAsync(async token => await HubLink.OpenAsync(options, device, desk, token), stopping);
            await link.Closed.WaitAsync(stopping);
            Report($"the connection to the host at {options.Server} was lost; connecting again");
            desk.Abandon();
        }
    }

    private static void Report(string what) => Console.Error.WriteLine($"autoslim-agent: {what}");
}
