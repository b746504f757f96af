using AutoSlim.Costs;
using AutoSlim.Costs.Review;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Tests.Costs.Review;

public sealed class CostTableComparisonTests
{
    private static readonly LayerSignature Pointwise = LayerSignature.Parse("Convolution 16x8x8 to 32 k1 s1 p0 Relu6");

    [Fact]
    public void Entries_of_both_come_with_their_ratio_the_most_slowed_first()
    {
        var comparison = CostTableComparison.Of(Table(("context 16x8x8", 10), (Pointwise.ToString(), 20)), Table(("context 16x8x8", 12), (Pointwise.ToString(), 16)));
        Assert.Equal([("context 16x8x8", 1.2), (Pointwise.ToString(), 0.8)], comparison.Both.Select(change => (change.Name, change.Ratio)));
        Assert.Equal(1, comparison.MedianRatio);
        Assert.Empty(comparison.DeviceChanges);
    }

    [Fact]
    public void Entries_of_one_alone_are_named_and_bad_measurements_are_none()
    {
        var before = Table(("context 16x8x8", 10), ("context 8x8x8", 10));
        before.Record(Pointwise.ToString(), MeasuredTables.Taking(20, ProbeStatus.Unstable));
        var comparison = CostTableComparison.Of(before, Table(("context 16x8x8", 10), (Pointwise.ToString(), 16)));
        Assert.Equal(["context 8x8x8"], comparison.OnlyBefore);
        Assert.Equal([Pointwise.ToString()], comparison.OnlyAfter);
    }

    [Fact]
    public void A_difference_is_certain_when_the_intervals_do_not_touch()
    {
        Assert.True(new EntryChange("a", new(10, 9, 11, 9, 0, ProbeStatus.Ok), new(12, 11.5, 13, 9, 0, ProbeStatus.Ok)).IsCertain);
        Assert.True(new EntryChange("a", new(12, 11.5, 13, 9, 0, ProbeStatus.Ok), new(10, 9, 11, 9, 0, ProbeStatus.Ok)).IsCertain);
        Assert.False(new EntryChange("a", new(10, 9, 11, 9, 0, ProbeStatus.Ok), new(12, 10.5, 13, 9, 0, ProbeStatus.Ok)).IsCertain);
    }

    [Fact]
    public void What_changed_of_the_device_is_told_by_field()
    {
        var before = MeasuredTables.Empty();
        var comparison = CostTableComparison.Of(before, new(before.Device with { RuntimeVersion = "9.9.9" }));
        Assert.Equal([$"runtimeVersion \"{before.Device.RuntimeVersion}\" -> \"9.9.9\""], comparison.DeviceChanges);
        Assert.Null(comparison.MedianRatio);
    }

    private static CostTable Table(params (string Name, double Microseconds)[] entries)
    {
        var table = MeasuredTables.Empty();
        foreach (var (name, microseconds) in entries) table.Record(name, MeasuredTables.Taking(microseconds));
        return table;
    }
}
