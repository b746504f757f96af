using System.Globalization;

namespace AutoSlim.Agent.Measuring;

/// <summary>
/// What this process holds in memory, and the most it held since the mark was cleared. Linux only. The kernel counts in pages and lets each
/// processor be some behind: a figure may be 0.1 to 0.2 MB off.
/// </summary>
internal static class ResidentMemory
{
    private const string Status = "/proc/self/status";
    private const string ClearReferences = "/proc/self/clear_refs";
    private const string ClearHighWaterMark = "5";
    private const long LargestRest = 4 << 20;

    /// <summary>Starts the mark over; returns what the process holds now.</summary>
    /// <exception cref="AgentException">Another system, or a kernel that does not do so; with the reason.</exception>
    public static long ClearMark()
    {
        if (!OperatingSystem.IsLinux()) throw new AgentException("only Linux tells the most memory that a process held");
        try
        {
            File.WriteAllText(ClearReferences, ClearHighWaterMark);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new AgentException($"this kernel does not clear the most memory that a process held: {refused.Message}");
        }

        var (mark, now) = (Mark(), Bytes("VmRSS"));
        return mark <= now + LargestRest ? mark : throw new AgentException($"this kernel did not clear the most memory that a process held: it still says {mark} bytes, and {now} are held");
    }

    /// <summary>The most since <see cref="ClearMark"/>, bytes.</summary>
    /// <exception cref="AgentException">The kernel does not say.</exception>
    public static long Mark() => Bytes("VmHWM");

    /// <summary>The line is <c>VmHWM:     71234 kB</c>.</summary>
    private static long Bytes(string name)
    {
        var line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith($"{name}:", StringComparison.Ordinal));
        return line?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [_, var kilobytes, ..] && long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value * 1024
            : throw new AgentException($"this kernel does not tell {name} in {Status}");
    }
}
