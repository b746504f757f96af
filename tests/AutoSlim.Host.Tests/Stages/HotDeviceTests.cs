using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>Profiling on a device that says that it is too hot whenever a test wants it.</summary>
public sealed class HotDeviceTests : IDisposable
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 8, Classes: 10));

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter lines = new();
    private int asked;

    private string TablePath => CostTableFile.PathFor(folder.Path, "box", InventedAgent.Description);

    public void Dispose()
    {
        folder.Dispose();
        lines.Dispose();
    }

    [Fact]
    public async Task A_device_that_cools_is_profiled_without_its_hot_samples()
    {
        await ProfileAsync(isHot: () => asked is 5 or 6);
        var table = CostTableFile.Read(TablePath);
        Assert.All(table.Measurements.Values, measurement => Assert.True(measurement is { IsOk: true, MedianMicroseconds: < 9999 }));
        Assert.Contains("device 'box' cools for 60 s: too hot", Lines());
        Assert.Contains("device 'box': the battery is at 19 % and discharging: plug the device in, or it may slow down or end", Lines());
        Assert.Contains("profile box: 48 to 84 C, 600 to 1800 MHz, battery 19 %", Lines());
    }

    [Fact]
    public async Task A_device_that_stays_hot_ends_the_stage_and_leaves_no_measurement_behind()
    {
        var failure = await Assert.ThrowsAsync<CommandFailedException>(() => ProfileAsync(isHot: () => true));
        Assert.StartsWith("device 'box' could not measure '", failure.Message, StringComparison.Ordinal);
        Assert.Contains("': too hot; it was asked 5 times and did not cool: give it air", failure.Message, StringComparison.Ordinal);
        Assert.Equal(PatientProbing.HotAttempts, asked);
        Assert.Empty(CostTableFile.Read(TablePath).Measurements);
    }

    [Fact]
    public async Task A_network_that_is_timed_against_others_is_as_patient()
    {
        await using var agent = await AgentAsync(() => true);
        var failure = await Assert.ThrowsAsync<CommandFailedException>(() =>
            new InterleavedTimes(agent.Device, rounds: 1, seed: 1).MeasureAsync([("half", [1])], (_, _) => { }, TestContext.Current.CancellationToken));
        Assert.StartsWith("device 'box' could not time 'half': too hot; it was asked 5 times", failure.Message, StringComparison.Ordinal);
    }

    private async Task ProfileAsync(Func<bool> isHot)
    {
        await using var agent = await AgentAsync(isHot);
        await new ProfileStage(StageConsole.For(lines), lines, folder.Path).RunAsync(Network, agent.Device, seed: 1, TestContext.Current.CancellationToken);
    }

    private async Task<InventedAgent> AgentAsync(Func<bool> isHot)
    {
        var agent = await InventedAgent.GreetAsync("box", connection => connection.AnswersProbes(request => Answer(request, isHot)));
        agent.Device.Time = new HastyTime();
        return agent;
    }

    private ProbeResult Answer(ProbeRequest request, Func<bool> isHot)
    {
        asked++;
        return isHot()
            ? new(ProbeStatus.Thermal, [9999, 9999], 0, "too hot", new(84.2, 600, 19, true))
            : new(ProbeStatus.Ok, [.. Enumerable.Repeat(Microseconds(request.Entry), request.Plan.MinimumSamples)], 0, null, new(48, 1800, 19, true));
    }

    /// <summary>Every operator takes 5 us, and every network 1 ms.</summary>
    private static double Microseconds(string entry) => entry.StartsWith("network", StringComparison.Ordinal) || entry.StartsWith("calibration", StringComparison.Ordinal)
        ? 1000
        : entry.StartsWith("context", StringComparison.Ordinal) ? 10 : 15;

    private string[] Lines() => lines.ToString().ReplaceLineEndings("\n").Split('\n');
}
