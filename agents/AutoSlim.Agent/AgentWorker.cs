using System.Security.Authentication;
using AutoSlim.Agent.Conditions;
using AutoSlim.Agent.Connecting;
using AutoSlim.Agent.Limits;
using AutoSlim.Agent.Measuring;
using AutoSlim.Agent.Models;
using AutoSlim.Agent.Working;
using AutoSlim.Profiling;
using Microsoft.Extensions.Hosting;

namespace AutoSlim.Agent;

/// <summary>Keeps the connection to the host: connects, serves until the connection ends, connects again.</summary>
internal sealed class AgentWorker(
    AgentOptions options, Admission admission, ModelFetcher models, IWorker worker, RequestDesk desk, Courier courier, AgentOutcome outcome, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private const double DescribingMilliseconds = 60_000;

    /// <summary>Less than the host waits for the next heartbeat before it gives the device's probe away.</summary>
    private static readonly TimeSpan BeatTimeout = TimeSpan.FromSeconds(20);

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
        var connecting = Reconnection.Pipeline(error => Report($"the host at {options.Server} cannot be reached: {OneLine.Of(Cause(error))}; trying again"));
        var watch = new DeviceWatch("/", CoreMask.Parse(options.Cores ?? CoreMask.Read()) ?? [], options.Runtime.Threads, options.MaximumCelsius);
        while (true)
        {
            await using (var link = await connecting.ExecuteAsync(async token => await ConnectAsync(device, token), stopping)) await ServeAsync(link, watch, stopping);
            desk.Disconnected();
            stopping.ThrowIfCancellationRequested();
            Report($"the connection to the host at {options.Server} was lost; connecting again");
        }
    }

    /// <summary>Until the connection is over. What goes wrong with a message does so because the connection is over, too.</summary>
    private async Task ServeAsync(HubLink link, DeviceWatch watch, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] talking = [courier.DeliverAsync(link, over.Token), BeatAsync(link, watch, over.Token)];
        // An agent that no longer beats or delivers is of no use on an open connection either.
        var first = await Task.WhenAny([link.Closed, Task.Delay(Timeout.Infinite, stopping), .. talking]);
        if (first.Exception?.InnerException is Exception error && !link.Closed.IsCompleted) Report($"the connection to the host at {options.Server} is of no use: {OneLine.Of(error)}");
        await over.CancelAsync();
        await Task.WhenAll(talking).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Of a host that shows another certificate the outer error tells only that it did not work.</summary>
    private static Exception Cause(Exception error) => error is HttpRequestException { InnerException: AuthenticationException refused } ? refused : error;

    private async Task<HubLink> ConnectAsync(DeviceDescription device, CancellationToken cancellation)
    {
        var token = await admission.TokenAsync(cancellation);
        models.Admit(token);
        return await HubLink.OpenAsync(options, token, device, desk, cancellation);
    }

    private async Task BeatAsync(HubLink link, DeviceWatch watch, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(ProfilerProtocol.HeartbeatInterval);
        do await link.BeatAsync(new(desk.Holding, watch.Conditions()), cancellation).WaitAsync(BeatTimeout, cancellation);
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private static void Report(string what) => Console.Error.WriteLine($"autoslim-agent: {what}");
}
