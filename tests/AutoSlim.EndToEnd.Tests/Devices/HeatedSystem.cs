using System.Diagnostics;

namespace AutoSlim.EndToEnd.Tests.Devices;

/// <summary>A folder of sensors that a test heats, and a program that measures where the system shows them in place of its own.</summary>
internal sealed class HeatedSystem
{
    private const string Shown = "/sys/class/thermal";

    private readonly string zone;

    /// <param name="agent">The agent's own program.</param>
    /// <param name="folder">Where sensors and program lie.</param>
    public HeatedSystem(string agent, string folder)
    {
        zone = Directory.CreateDirectory(Path.Combine(folder, "thermal", "thermal_zone0")).FullName;
        Write("type", "cpu-thermal");
        Write("trip_point_0_type", "passive");
        Write("trip_point_0_temp", "80000");
        Celsius = 40;
        Program = Path.Combine(folder, "heated-agent");
        File.WriteAllText(Program, $"#!/bin/sh\nexec unshare --mount sh -c 'mount --bind \"$0\" {Shown} && exec \"$@\"' '{Path.GetDirectoryName(zone)}' '{agent}' \"$@\"\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>For an agent's <c>--worker-program</c>.</summary>
    public string Program { get; }

    /// <summary>What the sensor shows from now on.</summary>
    public double Celsius
    {
        set => Write("temp", $"{value * 1000:0}");
    }

    /// <summary>Only a privileged user of a Linux system may put folders there.</summary>
    public static async Task<bool> IsPossibleAsync(CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Shown)) return false;
        using var trial = Process.Start(new ProcessStartInfo("sh", ["-c", $"unshare --mount mount --bind / {Shown}"]) { RedirectStandardError = true })!;
        await trial.WaitForExitAsync(cancellation);
        return trial.ExitCode == 0;
    }

    private void Write(string name, string content)
    {
        var file = Path.Combine(zone, name);
        File.WriteAllText(file + ".new", content + "\n");
        File.Move(file + ".new", file, overwrite: true);
    }
}
