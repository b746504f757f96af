using System.CommandLine;

namespace AutoSlim.Benchmarks.Frame;

/// <summary>Options that several benchmarks share.</summary>
internal static class SharedOptions
{
    /// <summary>Where Debian puts the interpreter that its torch belongs to; another one may come first in the path.</summary>
    private const string DebianPython = "/usr/bin/python3";

    public static Option<string> Python() => new("--python")
    {
        HelpName = "FILE",
        Description = "Python with torch, for the baseline.",
        DefaultValueFactory = _ => DebianPython,
    };

    public static Option<int> Threads() => new("--threads")
    {
        HelpName = "N",
        Description = "Threads that compute. Default: one per processor.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };
}
