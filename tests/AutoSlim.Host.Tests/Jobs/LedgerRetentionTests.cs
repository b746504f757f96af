using AutoSlim.Host.Fleet;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Host.Jobs;
using AutoSlim.Profiling;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoSlim.Host.Tests.Jobs;

public sealed class LedgerRetentionTests
{
    [Fact]
    public async Task Old_answers_are_forgotten_but_not_those_of_jobs_under_way_nor_young_ones()
    {
        using var database = FleetDatabase.InMemory();
        await using var writer = new FleetWriter(database);
        var time = new SetTime();
        var (ledger, jobs) = (new ProbeLedger(writer, database, time), new JobStore(database, writer, time));
        var (open, over) = (await jobs.AddAsync(new("open", [])), await jobs.AddAsync(new("over", [])));
        await jobs.EndAsync(over.Id, JobState.Done, null);
        string[] campaigns = [$"{JobRunner.CampaignsOf(open.Id)}1;", $"{JobRunner.CampaignsOf(over.Id)}1;", "process 1;"];
        foreach (var campaign in campaigns) await ledger.OpenAsync(Question(campaign), "pi");
        time.Now += LedgerRetention.KeptFor + TimeSpan.FromMinutes(1);
        await ledger.OpenAsync(Question("process 2;"), "pi");
        using var retention = new LedgerRetention(ledger, jobs, time, NullLogger<LedgerRetention>.Instance);
        Assert.Equal(2, await retention.ForgetAsync());
        Assert.Equal([campaigns[0], "process 2;"], database.Query<string>("select campaign from probes order by campaign"));
    }

    private static ProbeQuestion Question(string campaign) =>
        ProbeQuestion.Of(campaign, "pi", ProbeKind.Latency, ProbeQuestion.Write(new ProbeRequest("conv", new('a', 64), new())), occurrence: 0);

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
