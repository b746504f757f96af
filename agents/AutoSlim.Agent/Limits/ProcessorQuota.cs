using System.Globalization;

namespace AutoSlim.Agent.Limits;

/// <summary>How much processor time the system grants this process: beyond it the process stands still until the period ends.</summary>
/// <param name="Processors">Processor seconds a second; infinite without a limit.</param>
/// <param name="Period">In which the limit is kept.</param>
internal sealed record ProcessorQuota(double Processors, TimeSpan Period)
{
    public static ProcessorQuota None { get; } = new(double.PositiveInfinity, TimeSpan.Zero);

    /// <summary>Of a control group of either version, or of one of its parents: the tightest. None where the system has no control groups.</summary>
    /// <param name="root">Of the file system: <c>/</c>, but for a test.</param>
    public static ProcessorQuota Read(string root)
    {
        var groups = Path.Combine(root, "proc/self/cgroup");
        if (!File.Exists(groups)) return None;
        var tightest = None;
        foreach (var line in File.ReadLines(groups).Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3))
        {
            var second = line[1].Length == 0;
            if (!second && !line[1].Split(',').Contains("cpu")) continue;
            foreach (var folder in AndParents(Mounts(root, second), line[2]))
                if ((second ? Second(folder) : First(folder)) is ProcessorQuota quota && quota.Processors < tightest.Processors) tightest = quota;
        }

        return tightest;
    }

    /// <summary>The share of its time that each of some busy threads runs: 0 to 1.</summary>
    public double Share(int threads) => Math.Min(1, Processors / threads);

    private static IEnumerable<string> Mounts(string root, bool second)
    {
        var mounts = Path.Combine(root, "sys/fs/cgroup");
        return second ? [mounts, Path.Combine(mounts, "unified")] : [Path.Combine(mounts, "cpu"), Path.Combine(mounts, "cpu,cpuacct")];
    }

    /// <summary>A container may see its own group as the root, whatever its path says: the mount itself always counts.</summary>
    private static IEnumerable<string> AndParents(IEnumerable<string> mounts, string path)
    {
        foreach (var mount in mounts)
            for (var group = path.Trim('/'); ; group = Path.GetDirectoryName(group) ?? "")
            {
                yield return Path.Combine(mount, group);
                if (group.Length == 0) break;
            }
    }

    private static ProcessorQuota? Second(string folder) =>
        Words(Path.Combine(folder, "cpu.max")) is [var quota, var period, ..] ? Of(quota, period) : null;

    private static ProcessorQuota? First(string folder) =>
        Words(Path.Combine(folder, "cpu.cfs_quota_us")) is [var quota, ..] && Words(Path.Combine(folder, "cpu.cfs_period_us")) is [var period, ..] ? Of(quota, period) : null;

    private static string[] Words(string file) => File.Exists(file) ? File.ReadAllText(file).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) : [];

    private static ProcessorQuota? Of(string quota, string period) =>
        double.TryParse(quota, CultureInfo.InvariantCulture, out var granted) && double.TryParse(period, CultureInfo.InvariantCulture, out var microseconds) && granted > 0 && microseconds > 0
            ? new(granted / microseconds, TimeSpan.FromMicroseconds(microseconds))
            : null;
}
