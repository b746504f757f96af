using AutoSlim.Agent.State;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Connecting;

/// <summary>Hands the journal's reports in, over whichever connection there is, until each has a receipt.</summary>
internal sealed class Courier(Journal journal) : IDisposable
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(2);

    /// <summary>Brought twice a report counts once: there is no harm in impatience.</summary>
    private static readonly TimeSpan ReceiptTimeout = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim work = new(0);

    /// <summary>A report has its receipt.</summary>
    public event Action<ProbeReport, ProbeReceipt>? Acknowledged;

    public void Hand(ProbeReport report)
    {
        journal.Enter(report);
        work.Release();
    }

    /// <summary>Until the connection is over.</summary>
    public async Task DeliverAsync(HubLink link, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && !link.Closed.IsCompleted)
        {
            if (!await DeliverAllAsync(link, cancellation)) await Task.WhenAny(Task.Delay(PauseAfterFailure, cancellation), link.Closed);
            else if (journal.Reports.Count == 0) await Task.WhenAny(work.WaitAsync(cancellation), link.Closed);
        }
    }

    public void Dispose() => work.Dispose();

    /// <summary>False when the host could not take one; it stays, and is brought again.</summary>
    private async Task<bool> DeliverAllAsync(HubLink link, CancellationToken cancellation)
    {
        foreach (var report in journal.Reports)
        {
            try
            {
                var receipt = await link.DeliverAsync(report, cancellation).WaitAsync(ReceiptTimeout, cancellation);
                if (receipt is ProbeReceipt.Stale or ProbeReceipt.Refused) Console.Error.WriteLine($"autoslim-agent: the host took no result of probe {report.Lease.ProbeId[..12]}: {receipt}");
                journal.Remove(report.Lease);
                Acknowledged?.Invoke(report, receipt);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!link.Closed.IsCompleted) Console.Error.WriteLine($"autoslim-agent: the host could not take a result: {OneLine.Of(error)}; bringing it again");
                return false;
            }
        }

        return true;
    }
}
