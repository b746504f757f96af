using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Limits;

/// <summary>The processors that this process measures on, as Linux lists them: <c>0-3,6</c>.</summary>
internal static partial class CoreMask
{
    private const int MaximumProcessors = 1024;
    private const int BitsPerWord = 64;

    /// <summary>What the system says, or <see cref="DeviceDescription.AnyCores"/>.</summary>
    public static string Read()
    {
        if (OperatingSystem.IsLinux())
            return File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? DeviceDescription.AnyCores;
        return OperatingSystem.IsWindows() ? Text(Bits(Process.GetCurrentProcess().ProcessorAffinity)) : DeviceDescription.AnyCores;
    }

    /// <summary>The processors of a list, ascending, or null when it is none.</summary>
    public static IReadOnlyList<int>? Parse(string list)
    {
        var processors = new SortedSet<int>();
        foreach (var part in list.Split(','))
        {
            var ends = part.Split('-').Select(end => int.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < MaximumProcessors ? value : -1).ToArray();
            if (ends.Length > 2 || ends.Contains(-1) || ends[0] > ends[^1]) return null;
            processors.UnionWith(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }

        return [.. processors];
    }

    /// <summary>Keeps all threads of this process, and those that they start, to some processors.</summary>
    /// <exception cref="AgentException">The system does not do so, or has no such processors.</exception>
    public static void Apply(string list)
    {
        var processors = Parse(list) ?? throw new AgentException($"cores '{list}' are no list such as 0-3,6");
        if (OperatingSystem.IsLinux()) ApplyOnLinux(list, processors);
        else if (OperatingSystem.IsWindows() && processors[^1] < BitsPerWord) Process.GetCurrentProcess().ProcessorAffinity = (nint)Mask(processors)[0];
        else throw new AgentException($"cores '{list}' cannot be chosen on this system: leave them out");
    }

    private static void ApplyOnLinux(string list, IReadOnlyList<int> processors)
    {
        var mask = Mask(processors);
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task").Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture)))
            if (SetAffinity(thread, (nuint)(mask.Length * sizeof(ulong)), mask) != 0)
                throw new AgentException($"cores '{list}' cannot be used: error {Marshal.GetLastPInvokeError()}; the system allows {Read()}");
    }

    private static ulong[] Mask(IReadOnlyList<int> processors)
    {
        var mask = new ulong[MaximumProcessors / BitsPerWord];
        foreach (var processor in processors) mask[processor / BitsPerWord] |= 1UL << (processor % BitsPerWord);
        return mask;
    }

    private static IEnumerable<int> Bits(nint mask) => Enumerable.Range(0, BitsPerWord).Where(bit => ((long)mask >> bit & 1) == 1);

    private static string Text(IEnumerable<int> processors) => string.Join(',', processors);

    [LibraryImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    private static partial int SetAffinity(int thread, nuint bytes, [In] ulong[] mask);
}
