using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using AutoSlim.Costs;
using AutoSlim.EndToEnd.Tests.Demo;
using AutoSlim.EndToEnd.Tests.Devices;

namespace AutoSlim.EndToEnd.Tests.Commands;

public sealed partial class ProfileTests
{
    private const string Token = "profile-tests-token-of-some-length";

    /// <summary>As the README tells: a port on the host, an agent of the user's own with the same token.</summary>
    [Fact]
    public async Task A_device_is_profiled_by_an_agent_that_was_started_apart()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort();
        string[] arguments = ["profile", "mobilenet_v1", "--device", "box", "--resolution", "8", "--port", $"{port}", "--profiles", folder.Path, "--unsteady"];
        var profiling = HostProgram.RunToEndAsync(arguments, Token);
        using var agent = AgentProgram.Start(Token, "--server", $"http://127.0.0.1:{port}", "--name", "box");
        var (output, errors) = await EndAsync(profiling, agent);
        Assert.Contains("waiting for device 'box'", errors, StringComparison.Ordinal);
        var table = CostTableFile.Read(Path.Combine(folder.Path, "box", "cpu.json"));
        Assert.True(table.Measurements.Count > 50);
        Assert.Contains($"{table.Measurements.Count} measurements", output, StringComparison.Ordinal);
        var plan = await CommandLine.RunAsync("profile", "mobilenet_v1", "--device", "box", "--resolution", "8", "--profiles", folder.Path, "--plan");
        Assert.Equal(0, plan.ExitCode);
        var leftOut = LeftOut().Match(errors);
        Assert.StartsWith($"mobilenet_v1 on 'box', beyond {Path.Combine(folder.Path, "box", "cpu.json")}: {(leftOut.Success ? $"{3 * int.Parse(leftOut.Groups[1].Value, CultureInfo.InvariantCulture)} probes" : "nothing is missing")}\n", plan.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_tells_probes_and_minutes_and_needs_no_device()
    {
        using var folder = new TemporaryFolder();
        var plan = await CommandLine.RunAsync("profile", "mobilenet_v1", "--device", "box", "--profiles", folder.Path, "--plan");
        Assert.Equal(0, plan.ExitCode);
        Assert.StartsWith("mobilenet_v1 on 'box', which has no table yet: 733 probes\n", plan.Output, StringComparison.Ordinal);
        Assert.Matches("about [0-9.]+ min at 1 billion multiply-adds a second, [0-9.]+ min at 5 ", plan.Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_device_of_the_users_own_needs_a_token_in_common()
    {
        var run = await CommandLine.RunAsync("profile", "mobilenet_v1", "--device", "box");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("AUTOSLIM_TOKEN", Assert.Single(run.Problems), StringComparison.Ordinal);
    }

    private static async Task<T> EndAsync<T>(Task<T> work, Process agent)
    {
        try
        {
            return await work;
        }
        finally
        {
            agent.Kill();
        }
    }

    /// <summary>What a machine that other work makes slower and faster is told.</summary>
    [GeneratedRegex(@"too unsteady .* (\d+) entries that would refine it are left out")]
    private static partial Regex LeftOut();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
