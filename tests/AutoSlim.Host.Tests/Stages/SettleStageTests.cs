using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>On a device that says of every network what a test says.</summary>
public sealed class SettleStageTests
{
    private const string Widest = "the widest network";

    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, Classes: 10));

    [Fact]
    public async Task Slimmed_networks_that_are_quicker_are_told_in_the_time_of_the_table()
    {
        var measured = await MeasureAsync(entry => entry == "half" ? 600 : 2000);
        Assert.Equal("half", Assert.Single(measured).Key);
        Assert.Equal(0.3, measured["half"], 1e-9);
    }

    [Fact]
    public async Task A_slimmed_network_that_is_slower_than_before_is_refused_with_the_operator_that_grew_dearest()
    {
        var refused = await Assert.ThrowsAsync<CommandFailedException>(() => MeasureAsync(entry => entry == "half" ? 2600 : 2000));
        Assert.StartsWith("slimming made the network of 'half' slower on 'box': 1.300 ms, and 1.000 ms before; layer 'block3.depthwise' (", refused.Message, StringComparison.Ordinal);
        Assert.Contains("takes 90.0 us instead of 5.0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slimmed_network_that_only_seems_slower_is_told_and_no_more()
    {
        var (round, told) = (0, new StringWriter());
        var measured = await MeasureAsync(entry => entry != "half" ? 2000 : round++ < 2 ? 1000 : 2600, told);
        Assert.Equal(1.3, measured["half"], 1e-9);
        Assert.Contains("'half' took 1.300 ms and the widest network 1.000 ms, but was slower in 5 of 7 rounds only", told.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_odd_round_does_not_acquit_a_slimmed_network_that_is_slower_in_the_others()
    {
        var round = 0;
        await Assert.ThrowsAsync<CommandFailedException>(() => MeasureAsync(entry => entry != "half" ? 2000 : round++ == 0 ? 1000 : 2600));
    }

    [Fact]
    public async Task A_device_that_changes_its_speed_between_rounds_does_not_hide_which_network_is_slower()
    {
        var (halfRound, widestRound) = (0, 0);
        await Assert.ThrowsAsync<CommandFailedException>(() => MeasureAsync(entry => entry switch
        {
            "half" => 1.05 * Today(halfRound++),
            Widest => Today(widestRound++),
            _ => 2000,
        }));

        static double Today(int round) => round % 2 == 0 ? 2000 : 3000;
    }

    /// <summary>The table says 1 ms for the networks that calibrate; today all take twice as long.</summary>
    private static async Task<IReadOnlyDictionary<string, double>> MeasureAsync(Func<string, double> microseconds, TextWriter? told = null)
    {
        await using var agent = await InventedAgent.GreetAsync("box", connection => connection.AnswersProbes(request => new(ProbeStatus.Ok, [.. Enumerable.Repeat(microseconds(request.Entry), 15)], 0, null, DeviceConditions.Unknown)));
        var half = Network.Uniform(0.5);
        var costs = DeviceCosts.Of(Network, "box", InventedTable.Of(Network, InventedAgent.Description, Dear(Network.Resolve(half))));
        var times = await new SettleStage(StageConsole.For(told ?? TextWriter.Null), Network, agent.Device, costs)
            .SlimmedTimesAsync(new Dictionary<string, ChannelConfiguration> { ["half"] = half }, seed: 1, TestContext.Current.CancellationToken);
        return times.ToDictionary(pair => pair.Key, pair => pair.Value.MedianMicroseconds / 1000);
    }

    private static LayerSignature Dear(ResolvedNetwork network) => network.Layers.Single(layer => layer.Name == "block3.depthwise").Signature;
}
