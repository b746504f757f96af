using AutoSlim.Profiling;

namespace AutoSlim.Agent.Tests.Connecting;

public sealed class RequestDeskTests
{
    private static readonly ProbeLease Lease = new(new('a', 64), 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_lease_twice_is_measured_once()
    {
        using var desk = new DeskInTests("sleep 0.3");
        desk.Measure(Lease);
        desk.Measure(Lease);
        await DeskInTests.UntilAsync(() => desk.Journal.Reports.Count == 1);
        desk.Measure(Lease);
        Assert.Equal([Lease], desk.Desk.Holding);
        desk.Measure(Lease with { Fence = 2 });
        await DeskInTests.UntilAsync(() => desk.Journal.Reports.Count == 2);
        Assert.Equal(2, desk.Measured);
        Assert.Equal([1, 2], desk.Desk.Holding.Select(lease => lease.Fence).Order());
    }

    [Fact]
    public async Task A_lost_connection_ends_an_evaluation_and_not_a_probe()
    {
        using var desk = new DeskInTests("sleep 0.5");
        desk.Measure(Lease);
        await DeskInTests.UntilAsync(() => desk.Measured == 1);
        var evaluating = desk.Desk.EvaluateAsync(new(DeskInTests.Model, DeskInTests.Model, ImageElement.SinglePrecision, 1, 1, 2, 2, 1000));
        desk.Desk.Disconnected();
        Assert.Equal("the request was abandoned", (await evaluating.WaitAsync(TimeSpan.FromSeconds(10), Cancellation)).Reason);
        await DeskInTests.UntilAsync(() => desk.Journal.Reports.Count == 1);
        Assert.StartsWith("the model ended the process that ran it", desk.Journal.Reports[0].Latency!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_abandoned_leaves_no_report_and_later_requests_are_served()
    {
        using var desk = new DeskInTests("[ $(wc -l < \"$0.log\") -gt 1 ] || sleep 60");
        desk.Measure(Lease);
        desk.Measure(Lease with { Fence = 2 });
        await DeskInTests.UntilAsync(() => desk.Measured == 1);
        desk.Desk.Abandon();
        await DeskInTests.UntilAsync(() => desk.Desk.Holding.Count == 0);
        Assert.Empty(desk.Journal.Reports);
        desk.Measure(Lease with { Fence = 3 });
        await DeskInTests.UntilAsync(() => desk.Journal.Reports.Count == 1);
        Assert.Equal((2, 3), (desk.Measured, desk.Journal.Reports[0].Lease.Fence));
    }

    [Fact]
    public async Task A_model_that_the_host_does_not_offer_any_more_leaves_no_report()
    {
        using var desk = new DeskInTests("true");
        desk.Measure(Lease, new('e', 64));
        Assert.Equal([Lease], desk.Desk.Holding);
        await DeskInTests.UntilAsync(() => desk.Desk.Holding.Count == 0);
        Assert.Equal((0, 0), (desk.Measured, desk.Journal.Reports.Count));
    }

    [Fact]
    public async Task A_request_that_cannot_be_followed_is_reported_and_one_without_a_lease_is_not()
    {
        using var desk = new DeskInTests("true");
        desk.Desk.Measure(null!, null!);
        desk.Measure(Lease with { Fence = 0 });
        desk.Measure(Lease with { ProbeId = "../x" });
        desk.Desk.Measure(Lease, null!);
        await DeskInTests.UntilAsync(() => desk.Journal.Reports.Count == 1);
        Assert.Equal("the request is empty", desk.Journal.Reports[0].Latency!.Reason);
        Assert.Equal(0, desk.Measured);
    }
}
