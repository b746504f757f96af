using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

public sealed class ProfilingOutlookTests
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 224));

    [Fact]
    public void Every_measurement_leaves_less_to_do_and_the_last_one_nothing()
    {
        var table = new CostTable(InventedAgent.Description);
        var all = ProfilingOutlook.Of(Network);
        Record(table, DeviceAlignment.Probes.SelectMany(probe => new[] { ProbeEntry.Operator(probe), ProbeEntry.Context(probe) }));
        var aligned = ProfilingOutlook.Of(Network, table);
        Assert.Equal((10, 0, all.Operators), (all.Alignment, aligned.Alignment, aligned.Operators));
        Record(table, table.Missing(ProfilingPlan.For(Network, table.Alignment)));
        Record(table, table.Missing(Refinement.Next(table, ProfilingPlan.For(Network, table.Alignment))));
        var networks = ProfilingOutlook.Of(Network, table);
        Assert.Equal((0, 0, all.Networks), (networks.Operators, networks.Contexts, networks.Networks));
        Record(table, Anchors.For(Network, table.Alignment).Select(ProbeEntry.Network));
        var nothing = ProfilingOutlook.Of(Network, table);
        Assert.Equal((0, TimeSpan.Zero), (nothing.Probes, nothing.Duration(1e9)));
        Assert.True(all.Duration(1e9) > aligned.Duration(1e9) && aligned.Duration(1e9) > networks.Duration(1e9));
    }

    [Fact]
    public void A_quicker_device_takes_less_time_but_never_less_than_the_plans_warm_up()
    {
        var outlook = ProfilingOutlook.Of(Network);
        Assert.True(outlook.Duration(1e9) > outlook.Duration(1e10));
        Assert.True(outlook.Duration(double.PositiveInfinity) > TimeSpan.FromSeconds(20e-3 * outlook.Probes));
    }

    private static void Record(CostTable table, IEnumerable<ProbeEntry> entries)
    {
        foreach (var entry in entries) table.Record(entry.Name, new(5, 5, 5, 9, 0, ProbeStatus.Ok));
    }
}
