using AutoSlim.Host.Jobs;

namespace AutoSlim.Host.Tests.Fleet;

[Collection(Databases.Collection)]
public sealed class JobStoreTests(Databases databases)
{
    private static readonly JobSpecification Specification = new("night", [new(["export", "a run"]), new(["verify", "a run"])]);

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_job_and_how_far_it_is_outlive_the_host(string kind)
    {
        using var place = await databases.NewAsync(kind);
        Job job;
        await using (var fleet = new OpenedFleet(place))
        {
            job = await fleet.Jobs.AddAsync(Specification);
            Assert.True(await fleet.Jobs.StartAsync(job.Id));
            await fleet.Jobs.AdvanceAsync(job.Id, 1);
            fleet.Time.Move(TimeSpan.FromMinutes(1));
            await fleet.Jobs.AddAsync(Specification with { Name = "later" });
        }

        await using var again = new OpenedFleet(place);
        Assert.Equal(["later", "night"], again.Jobs.All.Select(each => each.Specification.Name));
        var found = again.Jobs.Find(job.Id)!;
        Assert.Equal((JobState.Running, 1, job.SubmittedAt, job.SubmittedAt, null), (found.State, found.Step, found.SubmittedAt, found.StartedAt, found.EndedAt));
        Assert.Equal(["export", "a run"], found.Specification.Steps[0].Arguments);
        Assert.Null(again.Jobs.Find("000000000000"));
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_first_end_counts_and_only_what_did_not_succeed_goes_on(string kind)
    {
        using var place = await databases.NewAsync(kind);
        await using var fleet = new OpenedFleet(place);
        var (failed, done) = (await fleet.Jobs.AddAsync(Specification), await fleet.Jobs.AddAsync(Specification));
        Assert.False(await fleet.Jobs.ReopenAsync(failed.Id));
        Assert.True(await fleet.Jobs.EndAsync(failed.Id, JobState.Failed, "no disk"));
        Assert.False(await fleet.Jobs.EndAsync(failed.Id, JobState.Done, null));
        Assert.False(await fleet.Jobs.StartAsync(failed.Id));
        Assert.Equal((JobState.Failed, "no disk", true), (fleet.Jobs.Find(failed.Id)!.State, fleet.Jobs.Find(failed.Id)!.Message, fleet.Jobs.Find(failed.Id)!.IsOver));
        Assert.True(await fleet.Jobs.ReopenAsync(failed.Id));
        Assert.Equal((JobState.Queued, null, null), (fleet.Jobs.Find(failed.Id)!.State, fleet.Jobs.Find(failed.Id)!.Message, fleet.Jobs.Find(failed.Id)!.EndedAt));
        Assert.True(await fleet.Jobs.EndAsync(done.Id, JobState.Done, null));
        Assert.False(await fleet.Jobs.ReopenAsync(done.Id));
        Assert.False(await fleet.Jobs.EndAsync("000000000000", JobState.Done, null));
    }
}
