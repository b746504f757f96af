using System.Diagnostics;
using AutoSlim.Host.Devices;

namespace AutoSlim.EndToEnd.Tests.Devices;

/// <summary>The agent for 64-bit ARM under an emulator, as <c>agents/emulate</c> makes it: a second device on this machine.</summary>
internal static class EmulatedArm
{
    private static readonly string Agent = Path.Combine(Repository(), "agents", "published", "arm64-agent");

    /// <summary>Why it cannot run here, or null.</summary>
    public static string? Lack => File.Exists(Agent) ? null : $"there is no '{Agent}'; as root on Debian x64, make it with: bash agents/emulate";

    public static Process Start(DeviceServer server, string name)
    {
        var start = new ProcessStartInfo(Agent, ["--server", server.Address.ToString(), "--name", name, "--worker-program", Agent]);
        start.Environment["AUTOSLIM_TOKEN"] = server.Token;
        return Process.Start(start)!;
    }

    private static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AutoSlim.sln"))) return folder.FullName;
        throw new InvalidOperationException($"no AutoSlim.sln above '{AppContext.BaseDirectory}'");
    }
}
