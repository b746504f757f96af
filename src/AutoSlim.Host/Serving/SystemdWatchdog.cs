using System.Data.Common;
using System.Globalization;
using AutoSlim.Host.Fleet.State;
using Microsoft.Extensions.Hosting.Systemd;

namespace AutoSlim.Host.Serving;

/// <summary>Tells systemd twice in its watchdog's time that the host is alive and can read its state, or waits for a database server, which a start anew would not bring back; does nothing under anything else.</summary>
internal sealed class SystemdWatchdog(FleetDatabase database, IServiceProvider services, ILogger<SystemdWatchdog> logger) : BackgroundService
{
    private const string Variable = "WATCHDOG_USEC";
    private const double BeatsPerTime = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (services.GetService<ISystemdNotifier>() is not { IsEnabled: true } systemd) return;
        if (!long.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)) return;
        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(microseconds / BeatsPerTime));
        while (await timer.WaitForNextTickAsync(stoppingToken)) Feed(systemd);
    }

    private void Feed(ISystemdNotifier systemd)
    {
        try
        {
            database.Query<long>("select count(*) from devices");
            systemd.Notify(new ServiceState("WATCHDOG=1"));
        }
        catch (DbException error)
        {
            if (database.IsPostgres) systemd.Notify(new ServiceState("WATCHDOG=1"));
            logger.LogError(error, "the database cannot be read; {Consequence}", database.IsPostgres ? "it is waited for" : "the watchdog is left hungry");
        }
    }
}
