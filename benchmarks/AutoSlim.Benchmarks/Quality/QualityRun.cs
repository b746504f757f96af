using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>Makes every comparison that the log lacks, until all are made or the time is over.</summary>
internal sealed class QualityRun(QualityOptions options, QualityLog log, StageConsole console, TextWriter notices)
{
    /// <summary>All comparisons under these settings.</summary>
    public async Task<IReadOnlyList<QualityResult>> RunAsync(CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (options.Limit is TimeSpan limit) limited.CancelAfter(limit);
        try
        {
            foreach (var combination in options.Combinations()) await RunAsync(combination, limited.Token);
        }
        catch (OperationCanceledException) when (limited.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            await notices.WriteLineAsync("quality: the time is over; run it again to go on");
        }

        return log.Read(options.Settings);
    }

    /// <summary>One that needs a quiet machine, or failed, does not hold up the others.</summary>
    private async Task RunAsync(Combination combination, CancellationToken cancellation)
    {
        var done = log.Read(options.Settings).Where(result => result.IsOf(combination)).ToList();
        if (done.Count == SizeBudget.All.Count * 4) return;
        await notices.WriteLineAsync($"quality: {combination.Name}");
        try
        {
            await foreach (var result in new CombinationRun(options, combination, console, notices).RunAsync(done, cancellation))
                if (!done.Any(earlier => earlier.Budget == result.Budget && earlier.From == result.From)) log.Append(result);
        }
        catch (DeviceBusyException busy)
        {
            await notices.WriteLineAsync($"quality: {combination.Name} is put off: {busy.Message}; run it again when the machine is quiet");
        }
        catch (CommandFailedException failure)
        {
            await notices.WriteLineAsync($"quality: {combination.Name} failed: {failure.Message}");
        }
    }
}
