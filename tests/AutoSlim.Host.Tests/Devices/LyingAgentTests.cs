using AutoSlim.Host.Devices;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;
using Microsoft.AspNetCore.SignalR.Client;

namespace AutoSlim.Host.Tests.Devices;

/// <summary>An agent that holds the token and speaks the protocol, but not the truth.</summary>
public sealed class LyingAgentTests
{
    private const string Name = "liar";

    private static readonly ProbeResult Fair = new(ProbeStatus.Ok, [.. Enumerable.Repeat(1.0, 9)], 0, null, DeviceConditions.Unknown);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sample_that_is_no_number_is_refused_with_the_reason()
    {
        var answer = new ProbeResult(ProbeStatus.Ok, [.. Enumerable.Repeat(1.0, 8), double.NaN], 0, null, DeviceConditions.Unknown);
        var result = await MeasureAsync(connection => connection.AnswersProbes(_ => answer));
        Assert.Equal(ProbeStatus.Failed, result.Status);
        Assert.StartsWith("the answer of device 'liar' was refused: sample 8 is NaN us", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_answer_is_refused()
    {
        var result = await MeasureAsync(connection => connection.AnswersProbes(_ => null));
        Assert.Equal("the answer of device 'liar' was refused: it is empty", result.Reason);
    }

    [Fact]
    public async Task An_answer_of_another_kind_is_told_to_the_agent_and_counts_for_nothing()
    {
        var refused = new TaskCompletionSource<Exception>();
        await using var agent = await InventedAgent.GreetAsync(Name, connection => connection.On<ProbeLease, ProbeRequest>(nameof(IProfilerAgent.Measure), async (lease, _) =>
        {
            refused.TrySetResult(await Assert.ThrowsAnyAsync<Exception>(() => connection.InvokeAsync(nameof(IProfilerHub.Deliver), "fast", Cancellation)));
            await connection.DeliverAsync(new(lease, Fair, null));
        }));
        Assert.Equal(ProbeStatus.Ok, (await agent.Device.MeasureAsync([1], "conv", new(), Cancellation)).Status);
        Assert.True(refused.Task.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task An_agent_that_does_not_work_on_what_it_was_given_is_asked_three_times()
    {
        var asked = new List<ProbeLease>();
        await using var agent = await InventedAgent.GreetAsync(Name, connection => connection.On<ProbeLease, ProbeRequest>(nameof(IProfilerAgent.Measure), async (lease, _) =>
        {
            asked.Add(lease);
            for (var beat = 0; beat < 2; beat++) await connection.InvokeAsync(nameof(IProfilerHub.Beat), new Heartbeat([], DeviceConditions.Unknown), Cancellation);
        }));
        var error = await Assert.ThrowsAsync<DeviceException>(() => agent.Device.MeasureAsync([1], "conv", new(), Cancellation));
        Assert.Equal("device 'liar' was lost 3 times while measuring 'conv'", error.Message);
        Assert.Equal([1L, 2, 3], asked.Select(lease => lease.Fence));
        Assert.Single(asked.Select(lease => lease.ProbeId).Distinct());
    }

    [Fact]
    public async Task An_answer_under_an_old_lease_or_to_a_question_that_nobody_asked_is_stale()
    {
        var receipts = new List<ProbeReceipt>();
        await using var agent = await InventedAgent.GreetAsync(Name, connection => connection.On<ProbeLease, ProbeRequest>(nameof(IProfilerAgent.Measure), async (lease, _) =>
        {
            if (lease.Fence == 1)
            {
                for (var beat = 0; beat < 2; beat++) await connection.InvokeAsync(nameof(IProfilerHub.Beat), new Heartbeat([], DeviceConditions.Unknown), Cancellation);
                return;
            }

            receipts.Add(await connection.DeliverAsync(new(lease with { Fence = 1 }, Fair, null)));
            receipts.Add(await connection.DeliverAsync(new(lease with { ProbeId = new('0', 64) }, Fair, null)));
            receipts.Add(await connection.DeliverAsync(new(lease with { ProbeId = "../x" }, Fair, null)));
            receipts.Add(await connection.DeliverAsync(new(lease, Fair, null)));
            receipts.Add(await connection.DeliverAsync(new(lease, Fair, null)));
        }));
        Assert.Equal(ProbeStatus.Ok, (await agent.Device.MeasureAsync([1], "conv", new(), Cancellation)).Status);
        while (receipts.Count < 5) await Task.Delay(10, Cancellation);
        Assert.Equal([ProbeReceipt.Stale, ProbeReceipt.Stale, ProbeReceipt.Refused, ProbeReceipt.Stored, ProbeReceipt.Known], receipts);
    }

    [Fact]
    public async Task Another_protocol_version_is_refused_with_what_to_do()
    {
        await using var agent = await InventedAgent.ConnectAsync(_ => { });
        Assert.Equal("the agent speaks protocol 2, this host 3 to 3: update the agent to the host's release", (await agent.GreetAsync(Name, version: 2)).Refusal);
        Assert.Equal(
            "the agent speaks protocol 99 and newer, this host 3 to 3: update the host, or install the host's release of the agent", (await agent.GreetAsync(Name, version: 99)).Refusal);
        Assert.Empty(agent.Server.Devices);
    }

    private static async Task<ProbeResult> MeasureAsync(Action<HubConnection> answer)
    {
        await using var agent = await InventedAgent.GreetAsync(Name, answer);
        return await agent.Device.MeasureAsync([1], "conv", new(), Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }
}
