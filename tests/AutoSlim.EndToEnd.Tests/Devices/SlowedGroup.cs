using Polly;

namespace AutoSlim.EndToEnd.Tests.Devices;

/// <summary>A control group that grants half a processor, and a program that measures inside it: a slower device on this machine.</summary>
internal sealed class SlowedGroup : IDisposable
{
    public const double Processors = 0.5;

    private const string Version1 = "/sys/fs/cgroup/cpu";
    private const string Version2 = "/sys/fs/cgroup";
    private const int PeriodMicroseconds = 100_000;

    private static readonly ResiliencePipeline Removing = new ResiliencePipelineBuilder()
        .AddRetry(new() { ShouldHandle = new PredicateBuilder().Handle<IOException>(), MaxRetryAttempts = 100, Delay = TimeSpan.FromMilliseconds(50) })
        .Build();

    private readonly string group = Path.Combine(IsVersion1 ? Version1 : Version2, $"autoslim-test-{Environment.ProcessId}");

    /// <exception cref="IOException">The system does not let us; says why.</exception>
    public SlowedGroup(string agent, string folder)
    {
        Directory.CreateDirectory(group);
        try
        {
            var quota = (int)(Processors * PeriodMicroseconds);
            if (IsVersion1) File.WriteAllText(Path.Combine(group, "cpu.cfs_quota_us"), $"{quota}");
            else File.WriteAllText(Path.Combine(group, "cpu.max"), $"{quota} {PeriodMicroseconds}");
        }
        catch
        {
            Dispose();
            throw;
        }

        Program = Path.Combine(folder, "slowed-agent");
        File.WriteAllText(Program, $"#!/bin/sh\necho $$ > '{group}/cgroup.procs' && exec '{agent}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>For an agent's <c>--worker-program</c>.</summary>
    public string Program { get; }

    private static bool IsVersion1 => Directory.Exists(Version1);

    /// <summary>A process that was killed leaves its group a moment later.</summary>
    public void Dispose() => Removing.Execute(() => Directory.Delete(group));
}
