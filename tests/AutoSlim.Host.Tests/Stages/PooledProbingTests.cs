using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>On two devices whose speeds a test decides.</summary>
public sealed class PooledProbingTests
{
    private static readonly IReadOnlyList<ProbeEntry> Entries = [.. Enumerable.Range(1, 20).Select(width => ProbeEntry.Operator(new(OperatorKind.Convolution, new(8 * width, 7, 7), 16)))];

    private readonly CostTable table = new(InventedAgent.Description);
    private readonly List<string> told = [];
    private readonly List<string>[] asked = [[], []];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Equal_devices_share_the_work_and_one_table()
    {
        var progress = new List<double>();
        await RunAsync(1.01, Steadiness.Required, progress.Add);
        Assert.Equal(Entries.Count, table.Measurements.Count);
        Assert.All(asked, entries => Assert.Equal(10, Entries.Count(entry => entries.Contains(entry.Name))));
        Assert.Equal(Entries.Count, progress.Max(), 0.01);
        Assert.Empty(told);
    }

    /// <summary>The price of an operator is the difference of the two.</summary>
    [Fact]
    public async Task An_operator_is_timed_on_the_device_that_times_its_context()
    {
        var operators = new[] { 16, 24, 32 }.SelectMany(outputs => Enumerable.Range(1, 6).Select(width => new LayerSignature(OperatorKind.Convolution, new(8 * width, 7, 7), outputs))).ToList();
        await RunAsync(1.01, Steadiness.Required, _ => { }, [.. operators.Select(ProbeEntry.Operator), .. operators.Select(ProbeEntry.Context).Distinct()]);
        Assert.All(operators, signature => Assert.Equal(
            asked.Index().Where(device => device.Item.Contains(ProbeEntry.Context(signature).Name)).Select(device => device.Index),
            asked.Index().Where(device => device.Item.Contains(ProbeEntry.Operator(signature).Name)).Select(device => device.Index)));
        Assert.All(asked, entries => Assert.Equal(12, operators.Select(ProbeEntry.Operator).Concat(operators.Select(ProbeEntry.Context).Distinct()).Count(entry => entries.Contains(entry.Name))));
    }

    [Fact]
    public async Task A_device_that_is_slower_than_the_others_is_told_before_anything_is_measured()
    {
        var error = await Assert.ThrowsAsync<CommandFailedException>(() => RunAsync(1.2, Steadiness.Required, _ => { }));
        Assert.Equal("device 'box' of 'box' runs +20.0 % off 'box', more than 5 %: they are not equal; enrol it under a name of its own, or let them settle and try again", error.Message);
        Assert.Empty(table.Measurements);
    }

    [Fact]
    public async Task Whoever_takes_unsteady_times_is_told_that_devices_disagree()
    {
        await RunAsync(1.2, Steadiness.Ignored, _ => { });
        Assert.Equal(Entries.Count, table.Measurements.Count);
        Assert.Equal("profile: device 'box' of 'box' runs +20.0 % off 'box'; their times are taken together all the same", Assert.Single(told));
    }

    private async Task RunAsync(double slownessOfTheSecond, Steadiness steadiness, Action<double> onProgress, IReadOnlyList<ProbeEntry>? work = null)
    {
        await using var first = await AgentAsync(0, 1);
        await using var second = await AgentAsync(1, slownessOfTheSecond);
        var pool = ConnectedDevice.FirstOf([first.Device, second.Device]);
        await new PooledProbing(pool.Members, table, told.Add) { Steadiness = steadiness }.RunAsync(work ?? Entries, 1, (done, _) => onProgress(done), () => { }, Cancellation);
    }

    private Task<InventedAgent> AgentAsync(int index, double slowness) => InventedAgent.GreetAsync("box", connection => connection.AnswersProbes(request =>
    {
        lock (asked[index]) asked[index].Add(request.Entry);
        return new(ProbeStatus.Ok, [.. Enumerable.Repeat(100 * slowness, request.Plan.MinimumSamples)], 0, null, DeviceConditions.Unknown);
    }));
}
