using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using AutoSlim.Profiling;

namespace AutoSlim.FleetSimulator;

/// <summary>How long answers take from the worker, through the journal and the host's disk, to their receipt.</summary>
/// <param name="time">That measures.</param>
/// <param name="receiptsFile">Gets every receipt at once, for a process that is killed tells nothing any more; null for none.</param>
internal sealed class DeliveryLog(TimeProvider time, string? receiptsFile)
{
    private readonly FileStream? receipts = receiptsFile is null ? null : new(receiptsFile, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    private readonly ConditionalWeakTable<object, object> readyAt = [];
    private readonly ConcurrentQueue<(string Agent, ProbeReceipt Receipt, double Milliseconds)> delivered = [];

    /// <param name="result">Of a probe.</param>
    public void Ready(object result) => readyAt.Add(result, time.GetTimestamp());

    /// <summary>An answer from an earlier life has no beginning and counts without a time.</summary>
    public void Acknowledged(string agent, ProbeReport report, ProbeReceipt receipt)
    {
        var elapsed = readyAt.TryGetValue((object?)report.Latency ?? report.Memory!, out var ready) ? time.GetElapsedTime((long)ready).TotalMilliseconds : double.NaN;
        receipts?.Write(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{report.Lease.ProbeId} {report.Lease.Fence} {receipt}\n")));
        delivered.Enqueue((agent, receipt, elapsed));
    }

    /// <summary>Since this was asked before.</summary>
    public DeliveryFigures Take()
    {
        List<(string Agent, ProbeReceipt Receipt, double Milliseconds)> taken = [];
        while (delivered.TryDequeue(out var one)) taken.Add(one);
        double[] sorted = [.. taken.Select(one => one.Milliseconds).Where(double.IsFinite).Order()];
        return new(
            [.. taken.Where(one => one.Receipt is ProbeReceipt.Stored or ProbeReceipt.Known).Select(one => one.Agent).Distinct()],
            taken.Count, taken.Count(one => one.Receipt == ProbeReceipt.Stale), taken.Count(one => one.Receipt == ProbeReceipt.Refused), sorted);
    }
}
