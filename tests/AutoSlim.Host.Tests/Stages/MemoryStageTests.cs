using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>On a device that takes of every network what must be alive, and half a megabyte.</summary>
public sealed class MemoryStageTests
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, Classes: 10));

    private int asked;

    [Fact]
    public async Task Eight_networks_are_measured_in_three_processes_each_and_price_all_others()
    {
        using var folder = new TemporaryFolder();
        await using var agent = await GreetAsync(bytes => bytes + 500_000);
        var costs = await ProfileAsync(agent, folder.Path);
        Assert.Equal(8 * 3, asked);
        Assert.Equal("memory@box", costs.Memory!.Name);
        Assert.InRange(costs.Memory.Calibration.MaximumRelativeError, 0, 0.05);
        Assert.InRange(costs.Memory.Calibration.ConstantBytes, 450_000, 550_000);
        var read = CostTableFile.Read(CostTableFile.PathFor(folder.Path, "box", InventedAgent.Description));
        Assert.Equal(8, read.Memories.Count);
        Assert.All(read.Memories.Values, memory => Assert.Equal(15, memory.Runs));
    }

    [Fact]
    public async Task What_the_table_knows_is_not_measured_again()
    {
        using var folder = new TemporaryFolder();
        await using var agent = await GreetAsync(bytes => bytes + 500_000);
        var costs = await ProfileAsync(agent, folder.Path);
        asked = 0;
        var again = await Stage(agent).RunAsync(costs with { Memory = null }, folder.Path, TestContext.Current.CancellationToken);
        Assert.Equal((0, costs.Memory!.Calibration), (asked, again.Memory!.Calibration));
    }

    [Fact]
    public async Task A_device_that_cannot_tell_is_named_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        await using var agent = await InventedAgent.GreetAsync("box", connection => connection.AnswersMemory(_ => MemoryResult.Failed("only Linux tells")));
        var failure = await Assert.ThrowsAsync<CommandFailedException>(() => ProfileAsync(agent, folder.Path));
        Assert.Matches("^device 'box' could not measure the memory of 'network mobilenet_v1 .*': only Linux tells$", failure.Message);
    }

    private static MemoryStage Stage(InventedAgent agent) => new(StageConsole.For(TextWriter.Null), Network, agent.Device);

    private static Task<DeviceCosts> ProfileAsync(InventedAgent agent, string profiles) => Stage(agent).RunAsync(
        DeviceCosts.Of(Network, "box", InventedTable.Of(Network, InventedAgent.Description)), profiles, TestContext.Current.CancellationToken);

    private Task<InventedAgent> GreetAsync(Func<long, long> peak) => InventedAgent.GreetAsync("box", connection => connection.AnswersMemory(request =>
        {
            asked++;
            var network = Anchors.For(Network, DeviceAlignment.None).Single(anchor => ProbeEntry.Network(anchor).Name == request.Entry);
            return new MemoryResult(ProbeStatus.Ok, peak(LeastActivation.Bytes(network)), 60_000_000, null);
        }));
}
