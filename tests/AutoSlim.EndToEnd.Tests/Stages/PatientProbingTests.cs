using AutoSlim.EndToEnd.Tests.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR.Client;

namespace AutoSlim.EndToEnd.Tests.Stages;

public sealed class PatientProbingTests
{
    [Fact]
    public async Task A_device_that_is_busy_twice_is_asked_a_third_time()
    {
        var (result, asked) = await MeasureAsync(time => time < 3 ? new(ProbeStatus.Unstable, [], 9, "busy", DeviceConditions.Unknown) : new(ProbeStatus.Ok, [.. Enumerable.Repeat(1.0, 9)], 0, null, DeviceConditions.Unknown));
        Assert.Equal((ProbeStatus.Ok, 3), (result.Status, asked));
    }

    [Fact]
    public async Task What_fails_for_another_reason_is_not_asked_again()
    {
        var (result, asked) = await MeasureAsync(_ => ProbeResult.Failed("no such operator"));
        Assert.Equal((ProbeStatus.Failed, 1), (result.Status, asked));
    }

    private static async Task<(ProbeResult Result, int Asked)> MeasureAsync(Func<int, ProbeResult> answer)
    {
        var asked = 0;
        await using var agent = await InventedAgent.GreetAsync("box", connection => connection.On<ProbeRequest, ProbeResult>(nameof(IProfilerAgent.Measure), _ => answer(++asked)));
        return (await agent.Device.MeasurePatientlyAsync([1], "conv", new(), TestContext.Current.CancellationToken), asked);
    }
}
