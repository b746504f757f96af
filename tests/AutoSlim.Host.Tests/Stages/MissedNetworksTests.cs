using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>On a table in which every calibration network takes 1 ms, so that all others are priced at 1 ms too.</summary>
public sealed class MissedNetworksTests : IDisposable
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, Classes: 10));
    private static readonly ChannelConfiguration Chosen = Network.Aligned(Network.Uniform(0.6), 16);

    private readonly TemporaryFolder folder = new();
    private readonly StringWriter notices = new();
    private readonly DeviceCosts costs = DeviceCosts.Of(Network, "box", InventedTable.Of(Network, InventedAgent.Description));

    private string Path => CostTableFile.PathFor(folder.Path, "box", InventedAgent.Description);

    public void Dispose()
    {
        folder.Dispose();
        notices.Dispose();
    }

    [Fact]
    public async Task A_network_beyond_the_bound_calibrates_later_searches_and_is_told()
    {
        CostTableFile.Write(Path, costs.Table);
        await RecordAsync(2000);
        var table = CostTableFile.Read(Path);
        Assert.Equal((2000, 7), (table.Find(ProbeEntry.Network(Network.Resolve(Chosen)))!.MedianMicroseconds, table.Measurements[ProbeEntry.Network(Network.Resolve(Chosen)).Name].Rounds));
        Assert.Equal(costs.Latency!.Calibration.Anchors + 1, Anchors.Calibrate(Network, table).Anchors);
        Assert.StartsWith("slim: 'half' by +100.0 % off the prices on 'box', beyond their bound of ", $"{notices}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_within_the_bound_changes_nothing()
    {
        await RecordAsync(1000);
        Assert.Equal((false, ""), (File.Exists(Path), $"{notices}"));
    }

    private Task RecordAsync(double microseconds) => new MissedNetworks(folder.Path, notices).RecordAsync(
        Network, costs, new Dictionary<string, ChannelConfiguration> { ["half"] = Chosen },
        new Dictionary<string, SampleStatistics> { ["half"] = SampleStatistics.Of([.. Enumerable.Repeat(microseconds, 7)]) });
}
