using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Profiling;
using AutoSlim.Slimming;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

public sealed class AlignedSearchTests
{
    private static readonly DeviceCosts Server = Device("server", 16), Board = Device("board", 32), Phone = Device("phone", DeviceAlignment.None);

    [Theory]
    [InlineData("a: memory@phone<=1MB", 1)]
    [InlineData("a: memory@server<=1MB", 16)]
    [InlineData("a: memory@server<=1MB, memory@board<=1MB", 32)]
    [InlineData("a: memory@board<=1MB; b: memory@server<=1MB; c: memory@phone<=1MB", 32)]
    public void The_widest_blocks_of_the_devices_that_targets_limit_suit_all_of_them(string targets, int expected) =>
        Assert.Equal(expected, Aligned(targets, new()));

    [Theory]
    [InlineData("a: macs<=3M")]
    [InlineData("a: latency@board<=1ms")]
    public void A_device_without_a_limited_price_counts_for_nothing(string targets) => Assert.Equal(DeviceAlignment.None, Aligned(targets, new()));

    [Fact]
    public void An_alignment_that_was_asked_for_is_never_lowered() => Assert.Equal(64, Aligned("a: memory@server<=1MB", new() { Alignment = 64 }));

    private static int Aligned(string targets, SlimmingOptions options) =>
        options.AlignedTo(Target.ParseAll(targets.Split("; ")), [Server, Board, Phone]).Alignment;

    /// <summary>Whose memory alone has a price.</summary>
    private static DeviceCosts Device(string name, int block)
    {
        var table = new CostTable(InventedAgent.Description);
        foreach (var probe in DeviceAlignment.Probes)
        {
            Record(ProbeEntry.Operator(probe), (probe.OutputChannels + block - 1) / block * block);
            Record(ProbeEntry.Context(probe), 10);
        }

        return new(name, table) { Memory = new(name, table.Alignment, new(1, 0, 8, 0, 0)) };

        void Record(ProbeEntry entry, double microseconds) => table.Record(entry.Name, new(microseconds, microseconds, microseconds, 9, 0, ProbeStatus.Ok));
    }
}
