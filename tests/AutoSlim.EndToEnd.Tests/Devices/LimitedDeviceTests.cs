using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests.Devices;

/// <summary>One machine as several devices, by the processors that measuring may use and by how much of their time.</summary>
public sealed class LimitedDeviceTests(RunningAgent running) : IClassFixture<RunningAgent>
{
    private static readonly MeasurementPlan Plan = new() { TargetRelativeHalfWidth = 0.1, TimeLimitMilliseconds = 20_000 };

    /// <summary>In turns, the quickest of each: a shared machine may run a whole probe half as fast again as the next, and what else it does only adds time.</summary>
    private const int Rounds = 5;

    /// <summary>A machine that was busy in all of them is given as many more as bring a quiet moment.</summary>
    private const int MostRounds = 15;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_kept_to_one_core_says_so_and_is_another_device()
    {
        var first = running.Device.Description.Cores.Split(',', '-')[0];
        await using var agent = await LocalAgent.StartAsync(running.Server, new() { Name = "core", Cores = first }, Cancellation);
        Assert.Equal(first, agent.Device.Description.Cores);
        Assert.Equal(ProbeStatus.Ok, (await MeasureAsync(agent.Device)).Status);
        if (running.Device.Description.Cores == first) Assert.Skip("this machine has one core: all devices on it are the same");
        Assert.NotEqual(running.Device.Description.Fingerprint, agent.Device.Description.Fingerprint);
    }

    [Fact]
    public async Task A_device_of_two_threads_is_measured_although_they_wait_for_each_other()
    {
        Assert.SkipWhen(Environment.ProcessorCount < 2, "this machine has one processor: two threads always wait for it");
        await using var agent = await LocalAgent.StartAsync(running.Server, new() { Name = "two", Threads = 2 }, Cancellation);
        Assert.Equal((2, "session.intra_op.allow_spinning=1"), (agent.Device.Description.IntraOpThreads, agent.Device.Description.ProviderOptions));
        Assert.NotEqual(running.Device.Description.Fingerprint, agent.Device.Description.Fingerprint);
        Assert.Null((await MeasureAsync(agent.Device)).Reason);
    }

    [Fact]
    public async Task A_device_whose_threads_do_not_spin_is_another_one()
    {
        using var program = AgentProgram.Start(running.Server.Token, "--server", running.Server.Address.ToString(), "--name", "woken", "--threads", "2", "--no-spinning");
        try
        {
            var device = await running.Server.WaitForAsync("woken", TimeSpan.FromSeconds(30), Cancellation);
            Assert.Equal((2, DeviceDescription.NoOptions), (device.Description.IntraOpThreads, device.Description.ProviderOptions));
            Assert.Equal(ProbeStatus.Ok, (await device.MeasureAsync(SmallModels.Convolution(8, 8, 16), "conv", new() { MinimumCpuFraction = 0 }, Cancellation)).Status);
        }
        finally
        {
            program.Kill();
        }
    }

    [Fact]
    public async Task Cores_that_the_machine_lacks_end_the_agent_with_those_it_has()
    {
        var failure = await Assert.ThrowsAsync<DeviceException>(() => LocalAgent.StartAsync(running.Server, new() { Name = "lost", Cores = "1023" }, Cancellation));
        Assert.Contains($"cores '1023' cannot be used: error 22; the system allows {running.Device.Description.Cores}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_execution_provider_that_the_runtime_lacks_ends_the_agent_with_those_it_has()
    {
        var (exitCode, _, errors) = await AgentProgram.RunAsync(
            running.Server.Token, "--server", running.Server.Address.ToString(), "--name", "lost", "--execution-provider", "NoSuch", "--provider-option", "key=value");
        Assert.Equal(1, exitCode);
        Assert.Contains(errors, line => line.Contains("this runtime has no execution provider 'NoSuch', only CPU", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_with_half_a_processor_takes_twice_as_long()
    {
        using var folder = new TemporaryFolder();
        using var group = Slowed(folder.Path);
        await using var agent = await LocalAgent.StartAsync(running.Server, new() { Name = "slowed", WorkerProgram = group.Program }, Cancellation);
        Assert.Equal(SlowedGroup.Processors, agent.Device.Description.ProcessorQuota);
        const double Least = 1.6, Most = 2.5;
        var (slow, whole) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds || (round < MostRounds && slow.Min() / whole.Min() is < Least or > Most); round++)
        {
            slow.Add(await MicrosecondsAsync(agent.Device));
            whole.Add(await MicrosecondsAsync(running.Device));
        }

        Assert.InRange(slow.Min() / whole.Min(), Least, Most);
    }

    private static async Task<double> MicrosecondsAsync(ConnectedDevice device)
    {
        var result = await MeasureAsync(device);
        Assert.Null(result.Reason);
        return SampleStatistics.Of(result.SamplesMicroseconds).MedianMicroseconds;
    }

    private static SlowedGroup Slowed(string folder)
    {
        try
        {
            return new(new LocalAgentOptions().Executable, folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Assert.Skip($"this system lets nobody make control groups here: {error.Message}");
            throw;
        }
    }

    private static Task<ProbeResult> MeasureAsync(ConnectedDevice device) => device.MeasurePatientlyAsync(SmallModels.Convolution(32, 32, 56), "conv", Plan, Cancellation);
}
