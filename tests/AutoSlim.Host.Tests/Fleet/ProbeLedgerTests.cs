using AutoSlim.Host.Fleet;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Tests.Fleet;

[Collection(Databases.Collection)]
public sealed class ProbeLedgerTests(Databases databases)
{
    private const string Agent = "pi";

    private static readonly ProbeResult Fair = new(ProbeStatus.Ok, [.. Enumerable.Repeat(2.0, 9)], 0, null, DeviceConditions.Unknown);

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_question_that_is_entered_again_is_the_same_one_after_a_restart_too(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using (var fleet = new OpenedFleet(place))
        {
            Assert.Equal((0, null), await fleet.Ledger.OpenAsync(Question(), Agent));
            await LeaseAsync(fleet);
            Assert.Equal((1, null), await fleet.Ledger.OpenAsync(Question(), Agent));
        }

        await using var again = new OpenedFleet(place);
        Assert.Equal((1, null), await again.Ledger.OpenAsync(Question(), Agent));
        Assert.Equal(2, (await LeaseAsync(again)).Fence);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Only_the_first_answer_of_the_leaseholder_under_the_present_fence_counts(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        await fleet.Ledger.OpenAsync(Question(), Agent);
        var (old, present) = (await LeaseAsync(fleet), await LeaseAsync(fleet));
        Assert.Equal((1, 2), (old.Fence, present.Fence));
        Assert.Equal(ProbeReceipt.Stale, await ReceiptAsync(fleet, Agent, old));
        Assert.Equal(ProbeReceipt.Stale, await ReceiptAsync(fleet, Agent, present with { Fence = 3 }));
        Assert.Equal(ProbeReceipt.Stale, await ReceiptAsync(fleet, "another", present));
        Assert.Equal(ProbeReceipt.Stale, await ReceiptAsync(fleet, Agent, present with { ProbeId = new('0', 64) }));
        Assert.Equal(ProbeReceipt.Stored, await ReceiptAsync(fleet, Agent, present));
        Assert.Equal(ProbeReceipt.Known, await ReceiptAsync(fleet, Agent, present, Fair with { Dropped = 3 }));
        var (fence, stored) = await fleet.Ledger.OpenAsync(Question(), Agent);
        Assert.Equal((2, 0), (fence, ProbeQuestion.Read<ProbeResult>(stored!).Dropped));
        Assert.Null(await fleet.Ledger.LeaseAsync(Question().Id, Agent));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Of_many_who_deliver_the_same_answer_at_once_one_is_counted(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        await fleet.Ledger.OpenAsync(Question(), Agent);
        var lease = await LeaseAsync(fleet);
        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => ReceiptAsync(fleet, Agent, lease)));
        Assert.Single(receipts, ProbeReceipt.Stored);
        Assert.Equal(49, receipts.Count(receipt => receipt == ProbeReceipt.Known));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_answer_that_does_not_fit_the_question_becomes_the_reason_and_ends_it(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        await fleet.Ledger.OpenAsync(Question(), Agent);
        Assert.Equal(ProbeReceipt.Refused, await ReceiptAsync(fleet, Agent, await LeaseAsync(fleet), Fair with { SamplesMicroseconds = [2] }));
        var refused = ProbeQuestion.Read<ProbeResult>((await fleet.Ledger.OpenAsync(Question(), Agent)).Result!);
        Assert.Equal((ProbeStatus.Failed, "the answer of device 'pi' was refused: 1 samples, expected at least 9"), (refused.Status, refused.Reason));

        await fleet.Ledger.OpenAsync(Memory, Agent);
        var lease = (await fleet.Ledger.LeaseAsync(Memory.Id, Agent))!;
        Assert.Equal(ProbeReceipt.Refused, (await fleet.Ledger.AcceptAsync(Agent, new(lease, Fair, null))).Receipt);
        var empty = ProbeQuestion.Read<MemoryResult>((await fleet.Ledger.OpenAsync(Memory, Agent)).Result!);
        Assert.Equal("the answer of device 'pi' was refused: it is empty", empty.Reason);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_some_work_asked_is_forgotten_and_no_other_s(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        foreach (var campaign in new[] { "job a step 1;", "job a step 11;", "job b step 1;" }) await fleet.Ledger.OpenAsync(Question(campaign), Agent);
        Assert.Equal(1, await fleet.Ledger.ForgetAsync("job a step 1;"));
        Assert.Equal(["job a step 11;", "job b step 1;"], fleet.Database.Query<string>("select campaign from probes order by campaign"));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task All_sittings_of_some_work_are_forgotten_together_and_no_other_s(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        foreach (var campaign in new[] { "job a step 1;profile", "job a step 1;afresh 2;", "job a step 11;profile", "job ab step 1;" }) await fleet.Ledger.OpenAsync(Question(campaign), Agent);
        Assert.Equal(2, await fleet.Ledger.ForgetStartingWithAsync("job a step 1;"));
        Assert.Equal(["job a step 11;profile", "job ab step 1;"], fleet.Database.Query<string>("select campaign from probes order by campaign"));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task History_is_what_a_device_answered_newest_first(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        foreach (var occurrence in Enumerable.Range(0, 3))
        {
            var question = Question(occurrence: occurrence);
            await fleet.Ledger.OpenAsync(question, Agent);
            fleet.Time.Move(TimeSpan.FromSeconds(1));
            if (occurrence < 2) await ReceiptAsync(fleet, Agent, (await fleet.Ledger.LeaseAsync(question.Id, Agent))!, Fair with { Dropped = occurrence });
        }

        Assert.Equal([1, 0], fleet.Ledger.History(Agent, 10).Select(probe => ProbeQuestion.Read<ProbeResult>(probe.Result).Dropped));
        Assert.Single(fleet.Ledger.History(Agent, 1));
        Assert.Empty(fleet.Ledger.History("another", 10));
    }

    private static ProbeQuestion Memory => ProbeQuestion.Of("work", Agent, ProbeKind.Memory, ProbeQuestion.Write(new MemoryRequest("net", new('a', 64), 3, 1000)), 0);

    private static ProbeQuestion Question(string campaign = "work", int occurrence = 0) =>
        ProbeQuestion.Of(campaign, Agent, ProbeKind.Latency, ProbeQuestion.Write(new ProbeRequest("conv", new('a', 64), new())), occurrence);

    private static async Task<ProbeLease> LeaseAsync(OpenedFleet fleet) => (await fleet.Ledger.LeaseAsync(Question().Id, Agent))!;

    private static async Task<ProbeReceipt> ReceiptAsync(OpenedFleet fleet, string agent, ProbeLease lease, ProbeResult? result = null) =>
        (await fleet.Ledger.AcceptAsync(agent, new(lease, result ?? Fair, null))).Receipt;
}
