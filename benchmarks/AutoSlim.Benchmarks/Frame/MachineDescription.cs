using System.Diagnostics;
using System.Runtime.InteropServices;
using TorchSharp;

namespace AutoSlim.Benchmarks.Frame;

/// <summary>What figures were measured on; without it they mean nothing.</summary>
/// <param name="Processor">As the system names it.</param>
/// <param name="Cores">That this process may use.</param>
/// <param name="MemoryMegabytes">Of the machine, or what a container allows.</param>
/// <param name="LoadAverage">Of the last 1, 5 and 15 minutes: other work that disturbed the figures shows here.</param>
/// <param name="OperatingSystem">Name and version.</param>
/// <param name="DotNet">Runtime version.</param>
/// <param name="LibTorch">That AutoSlim ran on.</param>
/// <param name="Baseline">What the baseline ran on; null without one.</param>
/// <param name="Commit">Of the repository; with <c>+</c> where files differed from it.</param>
/// <param name="MeasuredAt">End of the measurement.</param>
internal sealed record MachineDescription(
    string Processor,
    int Cores,
    long MemoryMegabytes,
    string LoadAverage,
    string OperatingSystem,
    string DotNet,
    string LibTorch,
    string? Baseline,
    string Commit,
    DateTimeOffset MeasuredAt)
{
    private const string Unknown = "unknown";

    public static MachineDescription OfThis(string? baseline, DateTimeOffset now) => new(
        ProcessorName(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
        Load(),
        RuntimeInformation.OSDescription.Trim(),
        RuntimeInformation.FrameworkDescription,
        torch.__version__,
        baseline,
        CommitName(),
        now);

    private static string ProcessorName() => Lines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? RuntimeInformation.OSArchitecture.ToString();

    private static string Load() => Lines("/proc/loadavg").FirstOrDefault() is string line ? string.Join(' ', line.Split(' ').Take(3)) : Unknown;

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path) : [];

    private static string CommitName() => Git("rev-parse", "--short=12", "HEAD") is string commit
        ? Git("status", "--porcelain", "--", ".", ":!benchmarks/results") is "" ? commit : commit + "+"
        : Unknown;

    /// <summary>Null where the repository is none, or there is no git.</summary>
    private static string? Git(params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", BenchmarkFolders.Repository, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = git.StandardOutput.ReadToEnd().Trim();
            git.WaitForExit();
            return git.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
