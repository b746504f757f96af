using AutoSlim.Host.Devices;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR.Client;

namespace AutoSlim.EndToEnd.Tests.Devices;

/// <summary>An agent that holds the token and speaks the protocol, but not the truth.</summary>
public sealed class LyingAgentTests
{
    private const string Name = "liar";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sample_that_is_no_number_is_refused_with_the_reason()
    {
        var answer = new ProbeResult(ProbeStatus.Ok, [.. Enumerable.Repeat(1.0, 8), double.NaN], 0, null, DeviceConditions.Unknown);
        var result = await MeasureAsync(connection => connection.On<ProbeRequest, ProbeResult>(nameof(IProfilerAgent.Measure), _ => answer));
        Assert.Equal(ProbeStatus.Failed, result.Status);
        Assert.StartsWith("the answer of device 'liar' was refused: sample 8 is NaN us", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_answer_is_refused()
    {
        var result = await MeasureAsync(connection => connection.On<ProbeRequest, ProbeResult?>(nameof(IProfilerAgent.Measure), _ => (ProbeResult?)null));
        Assert.Equal("the answer of device 'liar' was refused: it is empty", result.Reason);
    }

    [Fact]
    public async Task An_answer_of_another_kind_is_an_error_and_not_a_wait() =>
        await Assert.ThrowsAsync<DeviceException>(() => MeasureAsync(connection => connection.On<ProbeRequest, string>(nameof(IProfilerAgent.Measure), _ => "fast")));

    [Fact]
    public async Task An_agent_that_does_not_know_the_request_is_an_error_and_not_a_wait() =>
        await Assert.ThrowsAsync<DeviceException>(() => MeasureAsync(_ => { }));

    [Fact]
    public async Task Another_protocol_version_is_refused()
    {
        await using var agent = await InventedAgent.ConnectAsync(_ => { });
        var welcome = await agent.GreetAsync(Name, version: 99);
        Assert.StartsWith("the agent speaks protocol 99", welcome.Refusal, StringComparison.Ordinal);
        Assert.Empty(agent.Server.Devices);
    }

    private static async Task<ProbeResult> MeasureAsync(Action<HubConnection> answer)
    {
        await using var agent = await InventedAgent.GreetAsync(Name, answer);
        return await agent.Device.MeasureAsync([1], "conv", new(), Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }
}
