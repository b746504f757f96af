using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AutoSlim.EndToEnd.Tests.Stages;

public sealed class PatientProbingTests
{
    private static readonly DeviceDescription Device = new("Cortex-A72", "Linux 6.1", "arm64", "onnxruntime", "1.31.1", "0123456789abcdef", "CPU", 1, "all");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_that_is_busy_twice_is_asked_a_third_time()
    {
        var (result, asked) = await MeasureAsync(time => time < 3 ? new(ProbeStatus.Unstable, [], 9, "busy") : new(ProbeStatus.Ok, [.. Enumerable.Repeat(1.0, 9)], 0, null));
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
        await using var server = await DeviceServer.StartAsync(new(), Cancellation);
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Address, ProfilerProtocol.HubPath), http => http.AccessTokenProvider = () => Task.FromResult<string?>(server.Token))
            .AddMessagePackProtocol(protocol => protocol.SerializerOptions = WireFormat.Options)
            .Build();
        connection.On<ProbeRequest, ProbeResult>(nameof(IProfilerAgent.Measure), _ => answer(++asked));
        await connection.StartAsync(Cancellation);
        await connection.InvokeAsync<Welcome>(nameof(IProfilerHub.Greet), new AgentHello("box", ProfilerProtocol.Version, Device), Cancellation);
        return (await Assert.Single(server.Devices).MeasurePatientlyAsync([1], "conv", new(), Cancellation), asked);
    }
}
