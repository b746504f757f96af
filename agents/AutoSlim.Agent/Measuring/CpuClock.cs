using System.Runtime.InteropServices;

namespace AutoSlim.Agent.Measuring;

/// <summary>
/// Processor time in nanoseconds. Linux only: elsewhere the system counts it in ticks longer than a sample, so that
/// samples cannot be gated there and a busy machine shows in their scatter alone.
/// </summary>
internal static partial class CpuClock
{
    private const int ProcessClock = 2;
    private const int ThreadClock = 3;

    public static bool IsFineGrained => OperatingSystem.IsLinux();

    /// <summary>Of the calling thread.</summary>
    public static long ThreadNanoseconds() => Read(ThreadClock);

    /// <summary>Of all threads of this process.</summary>
    public static long ProcessNanoseconds() => Read(ProcessClock);

    private static long Read(int clock)
    {
        if (GetTime(clock, out var time) != 0) throw new AgentException($"clock {clock} cannot be read: error {Marshal.GetLastPInvokeError()}");
        return (time.Seconds * 1_000_000_000L) + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Timespec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
