using AutoSlim.Host.Stages;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

public sealed class PatientProbingTests
{
    private const string TooHot = "the device is too hot: thermal_zone0 (cpu-thermal) is at 84.2 C, its passive trip at 80 C";

    private static readonly ProbeResult Fine = new(ProbeStatus.Ok, [.. Enumerable.Repeat(1.0, 9)], 0, null, DeviceConditions.Unknown);
    private static readonly ProbeResult Busy = new(ProbeStatus.Unstable, [], 9, "busy", DeviceConditions.Unknown);
    private static readonly ProbeResult Hot = new(ProbeStatus.Thermal, [7, 7, 7], 0, TooHot, new(84.2, 600, null));

    private readonly HastyTime time = new();
    private readonly List<string> told = [];

    [Fact]
    public async Task A_device_that_is_busy_twice_is_asked_a_third_time()
    {
        var (result, asked) = await MeasureAsync(attempt => attempt < 3 ? Busy : Fine);
        Assert.Equal((ProbeStatus.Ok, 3), (result.Status, asked));
        Assert.Empty(told);
    }

    [Fact]
    public async Task What_fails_for_another_reason_is_not_asked_again()
    {
        var (result, asked) = await MeasureAsync(_ => ProbeResult.Failed("no such operator"));
        Assert.Equal((ProbeStatus.Failed, 1), (result.Status, asked));
    }

    [Fact]
    public async Task A_device_that_is_too_hot_is_asked_again_when_it_has_cooled_and_its_hot_samples_are_forgotten()
    {
        var (result, asked) = await MeasureAsync(attempt => attempt < 3 ? Hot : Fine);
        Assert.Equal((ProbeStatus.Ok, 3), (result.Status, asked));
        Assert.Equal(Fine.SamplesMicroseconds, result.SamplesMicroseconds);
        Assert.Equal([30, 60], time.Pauses.Select(pause => pause.TotalSeconds));
        Assert.Equal([$"device 'box' cools for 30 s: {TooHot}", $"device 'box' cools for 60 s: {TooHot}"], told);
    }

    [Fact]
    public async Task A_device_that_stays_too_hot_is_given_up_after_some_minutes_with_what_to_do()
    {
        var (result, asked) = await MeasureAsync(_ => Hot);
        Assert.Equal((ProbeStatus.Thermal, PatientProbing.HotAttempts), (result.Status, asked));
        Assert.Equal(7.5, time.Pauses.Sum(pause => pause.TotalMinutes));
        Assert.StartsWith($"{TooHot}; it was asked 5 times and did not cool: give it air", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_cooled_may_be_busy_as_long_as_one_that_was_never_hot()
    {
        var (result, asked) = await MeasureAsync(attempt => attempt == PatientProbing.Attempts ? Hot : attempt < 2 * PatientProbing.Attempts ? Busy : Fine);
        Assert.Equal((ProbeStatus.Ok, 2 * PatientProbing.Attempts), (result.Status, asked));
    }

    [Fact]
    public async Task A_person_need_not_wait_until_the_device_has_cooled()
    {
        using var stopping = new CancellationTokenSource();
        await using var agent = await AgentAsync(_ => Hot);
        agent.Device.Tell = _ => stopping.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            agent.Device.MeasurePatientlyAsync([1], "conv", new(), stopping.Token).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
    }

    private async Task<(ProbeResult Result, int Asked)> MeasureAsync(Func<int, ProbeResult> answer)
    {
        var asked = 0;
        await using var agent = await AgentAsync(_ => answer(++asked));
        (agent.Device.Time, agent.Device.Tell) = (time, told.Add);
        return (await agent.Device.MeasurePatientlyAsync([1], "conv", new(), TestContext.Current.CancellationToken), asked);
    }

    private static Task<InventedAgent> AgentAsync(Func<ProbeRequest, ProbeResult> answer) =>
        InventedAgent.GreetAsync("box", connection => connection.AnswersProbes(answer));
}
