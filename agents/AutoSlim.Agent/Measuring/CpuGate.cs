using System.Diagnostics;
using AutoSlim.Agent.Limits;

namespace AutoSlim.Agent.Measuring;

/// <summary>
/// Tells a sample during which others used our processor from a clean one, by processor time per wall time.
/// One thread is clean at 1. Several threads share work unevenly, so that nobody knows what clean is: there it is the busiest sample so far.
/// Under a quota the system itself makes threads stand still: a sample then spans several periods of it, and clean is what the quota grants.
/// </summary>
internal sealed class CpuGate(int threads, ProcessorQuota quota, double minimumFraction)
{
    private const int PeriodsPerSample = 4;

    /// <summary>A sample may begin and end anywhere in a period.</summary>
    private const double PeriodTolerance = 0.8;

    private readonly double share = quota.Share(threads);
    private double cleanFraction = threads == 1 ? quota.Share(threads) : 0;

    /// <summary>What a sample must last; 0 without a quota.</summary>
    public double MinimumMilliseconds => share < 1 ? PeriodsPerSample * quota.Period.TotalMilliseconds : 0;

    /// <summary>The wall time of work that takes <paramref name="microseconds"/> when nothing holds it up.</summary>
    public double Stretched(double microseconds) => microseconds / share;

    /// <summary>Runs <paramref name="work"/> on the calling thread.</summary>
    public (double WallMicroseconds, bool Clean) Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        var cpuStart = CpuNanoseconds();
        work();
        var cpu = (CpuNanoseconds() - cpuStart) / 1000.0;
        var wall = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        return (wall, IsClean(wall, cpu));
    }

    private bool IsClean(double wallMicroseconds, double cpuMicroseconds)
    {
        if (!CpuClock.IsFineGrained) return true;
        var fraction = cpuMicroseconds / wallMicroseconds;
        if (threads > 1) cleanFraction = Math.Max(cleanFraction, fraction);
        return fraction >= minimumFraction * cleanFraction * (share < 1 ? PeriodTolerance : 1);
    }

    private long CpuNanoseconds() => !CpuClock.IsFineGrained ? 0 : threads == 1 ? CpuClock.ThreadNanoseconds() : CpuClock.ProcessNanoseconds();
}
