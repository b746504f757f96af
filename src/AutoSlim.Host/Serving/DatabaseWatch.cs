using System.Data.Common;
using AutoSlim.Host.Fleet.State;

namespace AutoSlim.Host.Serving;

/// <summary>Holds the database for this host through restarts of its server; where another host was quicker, this one stops.</summary>
internal sealed class DatabaseWatch(DatabaseHold hold, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<DatabaseWatch> logger) : BackgroundService
{
    /// <summary>Between two looks: for so long two hosts may believe that they are alone.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (await IsKeptAsync()) continue;
            logger.LogCritical("another host runs on this state now: this one stops");
            lifetime.StopApplication();
            return;
        }
    }

    /// <summary>A server that is away is waited for: whoever asks this host meanwhile is told to try again.</summary>
    private async Task<bool> IsKeptAsync()
    {
        try
        {
            return await hold.KeepAsync();
        }
        catch (DbException error)
        {
            logger.LogWarning("the database cannot be reached, which is tried again in {Interval}: {Reason}", Interval, error.Message);
            return true;
        }
    }
}
