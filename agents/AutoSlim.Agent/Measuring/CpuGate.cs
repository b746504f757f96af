using System.Diagnostics;

namespace AutoSlim.Agent.Measuring;

/// <summary>
/// Tells a sample during which others used our processor from a clean one, by processor time per wall time.
/// One thread is clean at 1. Several threads share work unevenly, so that nobody knows what clean is: there it is the busiest sample so far.
/// </summary>
internal sealed class CpuGate(int threads, double minimumFraction)
{
    private double cleanFraction = threads == 1 ? 1 : 0;

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
        return fraction >= minimumFraction * cleanFraction;
    }

    private long CpuNanoseconds() => !CpuClock.IsFineGrained ? 0 : threads == 1 ? CpuClock.ThreadNanoseconds() : CpuClock.ProcessNanoseconds();
}
