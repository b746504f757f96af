using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Commands;

public sealed class ProfileTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    private const string Token = "profile-tests-token-of-some-length";
    private const int Lacking = 4;

    /// <summary>As the README tells: a port on the host, an agent of the user's own with the same token. Most of the table is there already.</summary>
    [Fact]
    public async Task A_device_is_profiled_by_an_agent_that_was_started_apart_and_what_its_table_has_stays()
    {
        using var folder = new TemporaryFolder();
        var (port, path) = (FreePort(), Path.Combine(folder.Path, "box", "cpu.json"));
        var before = InventedTable.WriteLacking(Lacking, path, NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Imagenet, 8)), running.Device.Description);
        string[] subject = ["profile", "mobilenet_v1", "--device", "box", "--resolution", "8", "--profiles", folder.Path];
        var profiling = HostProgram.RunToEndAsync([.. subject, "--port", $"{port}", "--unsteady"], Token);
        using var agent = AgentProgram.Start(Token, "--server", $"http://127.0.0.1:{port}", "--name", "box");
        var (output, errors) = await EndAsync(profiling, agent);
        Assert.Contains("waiting for device 'box'", errors, StringComparison.Ordinal);
        var table = CostTableFile.Read(path);
        Assert.True(table.Measurements.Count >= before.Measurements.Count + Lacking);
        Assert.All(before.Measurements, known => Assert.Equal(known.Value, table.Measurements[known.Key]));
        Assert.Contains($"{table.Measurements.Count} measurements", output, StringComparison.Ordinal);
        var plan = await CommandLine.RunAsync([.. subject, "--plan"]);
        Assert.Equal((0, $"mobilenet_v1 on 'box', beyond {path}: nothing is missing\n"), (plan.ExitCode, plan.Output));
    }

    [Fact]
    public async Task A_plan_tells_probes_and_minutes_and_needs_no_device()
    {
        using var folder = new TemporaryFolder();
        var plan = await CommandLine.RunAsync("profile", "mobilenet_v1", "--device", "box", "--profiles", folder.Path, "--plan", "--memory");
        Assert.Equal(0, plan.ExitCode);
        Assert.StartsWith("mobilenet_v1 on 'box', which has no table yet: 733 probes\n  memory: 8 whole networks, in 3 processes each, some seconds apiece\n", plan.Output, StringComparison.Ordinal);
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

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
