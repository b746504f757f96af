using System.Data.Common;
using AutoSlim.Host.Fleet;

namespace AutoSlim.Host.Jobs;

/// <summary>
/// Keeps the ledger from growing for ever: what was answered a month ago and belongs to no job that is under way is forgotten. Until then
/// it is a device's history, and the answer to whoever asks the same again.
/// </summary>
internal sealed class LedgerRetention(ProbeLedger ledger, JobStore jobs, TimeProvider time, ILogger<LedgerRetention> logger) : BackgroundService
{
    /// <summary>Of answers.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    /// <returns>How many questions were forgotten.</returns>
    public async Task<int> ForgetAsync()
    {
        var underWay = jobs.All.Where(job => !job.IsOver).Select(job => JobRunner.CampaignsOf(job.Id)).ToList();
        var forgotten = 0;
        foreach (var campaign in ledger.CampaignsBefore(time.GetUtcNow() - KeptFor))
            if (!underWay.Any(prefix => campaign.StartsWith(prefix, StringComparison.Ordinal))) forgotten += await ledger.ForgetAsync(campaign);
        return forgotten;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await TryForgetAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A database that cannot be written now (its disk is full, its server away) is no reason to stop the host and what it computes.</summary>
    private async Task TryForgetAsync()
    {
        try
        {
            if (await ForgetAsync() is > 0 and var forgotten) logger.LogInformation("{Count} old answers were forgotten", forgotten);
        }
        catch (DbException error)
        {
            logger.LogWarning("old answers could not be forgotten, which is tried again in {Interval}: {Reason}", Interval, error.Message);
        }
    }
}
