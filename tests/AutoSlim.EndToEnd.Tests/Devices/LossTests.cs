using System.Diagnostics;
using AutoSlim.Host.Devices;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Devices;

public sealed class LossTests
{
    private static readonly MeasurementPlan Long = new() { TimeLimitMilliseconds = 4000, WarmUpMilliseconds = 2000, MinimumCpuFraction = 0 };
    private static readonly byte[] Model = SmallModels.Convolution(8, 8, 16);

    private static readonly TimeSpan AtWork = TimeSpan.FromSeconds(0.2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_agent_is_started_again_and_the_probe_asked_again()
    {
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        await using var agent = await LocalAgent.StartAsync(server, new(), Cancellation);
        var measuring = agent.Device.MeasureAsync(Model, "conv", Long, Cancellation);
        var first = await KillInTheMiddleAsync(agent);
        Assert.Equal(ProbeStatus.Ok, (await measuring).Status);
        Assert.NotEqual(first, agent.ProcessId);
    }

    [Fact]
    public async Task A_model_that_takes_its_process_down_is_a_reason_and_the_agent_serves_the_next()
    {
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        await using var agent = await LocalAgent.StartAsync(server, new() { MaximumRestarts = 0 }, Cancellation);
        var measuring = agent.Device.MeasureAsync(Model, "conv", Long, Cancellation);
        using (var worker = await WorkerAsync(agent)) worker.Kill();
        var result = await measuring;
        Assert.Equal((ProbeStatus.Failed, "the model ended the process that ran it (signal 9)"), (result.Status, result.Reason));
        Assert.Equal(ProbeStatus.Ok, (await agent.Device.MeasureAsync(Model, "conv", Long, Cancellation)).Status);
    }

    /// <summary>As the system does when the memory is used up.</summary>
    [Fact]
    public async Task A_model_that_is_killed_while_its_memory_is_measured_is_a_reason_and_the_agent_serves_the_next()
    {
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        await using var agent = await LocalAgent.StartAsync(server, new() { MaximumRestarts = 0 }, Cancellation);
        var measuring = agent.Device.MeasureMemoryAsync(SmallModels.Slow(), "slow", 1000, Cancellation);
        using (var worker = await WorkerAsync(agent, workers: 2)) worker.Kill();
        var result = await measuring;
        Assert.Equal((ProbeStatus.Failed, "the model ended the process that ran it (signal 9)"), (result.Status, result.Reason));
        Assert.Equal(ProbeStatus.Ok, (await agent.Device.MeasureMemoryAsync(Model, "conv", 1, Cancellation)).Status);
    }

    [Fact]
    public async Task A_killed_agent_takes_its_worker_along()
    {
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        await using var agent = await LocalAgent.StartAsync(server, new() { MaximumRestarts = 0 }, Cancellation);
        var measuring = agent.Device.MeasureAsync(Model, "conv", Long with { WarmUpMilliseconds = 60_000, TimeLimitMilliseconds = 120_000 }, Cancellation);
        using var worker = await WorkerAsync(agent);
        using (var process = Process.GetProcessById(agent.ProcessId!.Value)) process.Kill();
        await Assert.ThrowsAsync<DeviceException>(() => measuring);
        await worker.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task An_agent_that_may_not_restart_fails_the_probe_with_its_exit_code()
    {
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        await using var agent = await LocalAgent.StartAsync(server, new() { MaximumRestarts = 0 }, Cancellation);
        var measuring = agent.Device.MeasureAsync(Model, "conv", Long, Cancellation);
        await KillInTheMiddleAsync(agent);
        var error = await Assert.ThrowsAsync<DeviceException>(() => measuring);
        Assert.Equal("the agent of device 'local' ended with exit code 137: it said nothing", error.Message);
        await Assert.ThrowsAsync<DeviceException>(() => agent.Device.MeasureAsync(Model, "conv", Long, Cancellation));
    }

    [Fact]
    public async Task A_stopped_server_fails_the_probe_that_is_open()
    {
        var server = await DeviceServer.StartAsync(new(), Cancellation);
        await using var agent = await LocalAgent.StartAsync(server, new(), Cancellation);
        var measuring = agent.Device.MeasureAsync(Model, "conv", Long, Cancellation);
        await Task.Delay(300, Cancellation);
        await server.DisposeAsync();
        await Assert.ThrowsAsync<DeviceException>(() => measuring);
    }

    [Fact]
    public async Task A_disposed_agent_leaves_no_process()
    {
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        var agent = await LocalAgent.StartAsync(server, new(), Cancellation);
        var process = Process.GetProcessById(agent.ProcessId!.Value);
        await agent.DisposeAsync();
        Assert.True(process.HasExited);
        Assert.Empty(server.Devices);
    }

    [Fact]
    public async Task An_agent_that_never_connects_is_reported_with_its_last_line()
    {
        using var program = new ShellProgram("echo first >&2; echo no network today >&2; sleep 30");
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        var options = new LocalAgentOptions { Executable = program.Path, ConnectTimeout = TimeSpan.FromSeconds(1) };
        var error = await Assert.ThrowsAsync<DeviceException>(() => LocalAgent.StartAsync(server, options, Cancellation));
        Assert.Equal("device 'local' did not connect within 1 s; the agent's last line: no network today", error.Message);
    }

    [Fact]
    public async Task An_agent_that_dies_before_it_connects_is_reported_with_exit_code_and_last_line()
    {
        using var program = new ShellProgram("echo no such library >&2; exit 7");
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        var error = await Assert.ThrowsAsync<DeviceException>(() => LocalAgent.StartAsync(server, new() { Executable = program.Path }, Cancellation));
        Assert.Equal("the agent of device 'local' ended with exit code 7: no such library", error.Message);
    }

    [Fact]
    public async Task An_agent_program_that_is_missing_is_named()
    {
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        var error = await Assert.ThrowsAsync<DeviceException>(() => LocalAgent.StartAsync(server, new() { Executable = "/no/such/agent" }, Cancellation));
        Assert.StartsWith("the agent '/no/such/agent' cannot be started: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminated_agent_ends_well()
    {
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        using var process = AgentProgram.Start(server.Token, "--server", server.Address.ToString(), "--name", "remote");
        await server.WaitForAsync("remote", TimeSpan.FromSeconds(20), Cancellation);
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(Cancellation)));
    }

    private static async Task<int> KillInTheMiddleAsync(LocalAgent agent)
    {
        await Task.Delay(500, Cancellation);
        var id = agent.ProcessId!.Value;
        using var process = Process.GetProcessById(id);
        process.Kill();
        return id;
    }

    /// <summary>The process in which the agent runs models, the last to begin of some, once it is at work: on a busy machine that takes its time.</summary>
    private static async Task<Process> WorkerAsync(LocalAgent agent, int workers = 1)
    {
        string[] found;
        while ((found = ChildrenOf(agent.ProcessId!.Value)).Length < workers) await Task.Delay(20, Cancellation);
        var worker = found.Select(id => Process.GetProcessById(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture))).MaxBy(process => process.StartTime)!;
        for (var idle = worker.TotalProcessorTime; worker.TotalProcessorTime - idle < AtWork; worker.Refresh()) await Task.Delay(20, Cancellation);
        return worker;
    }

    private static string[] ChildrenOf(int process)
    {
        var threads = Directory.EnumerateDirectories($"/proc/{process}/task").Select(thread => Path.Combine(thread, "children")).ToList();
        if (!File.Exists(threads[0])) Assert.Skip($"there is no {threads[0]}: this kernel does not tell a process's children");
        return [.. threads.Where(File.Exists).SelectMany(path => File.ReadAllText(path).Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }
}
