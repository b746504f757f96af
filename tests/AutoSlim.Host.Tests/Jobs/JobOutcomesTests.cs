using AutoSlim.Host.Fleet.State;
using AutoSlim.Host.Jobs;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoSlim.Host.Tests.Jobs;

/// <summary>On a database whose jobs are out of reach for a while.</summary>
public sealed class JobOutcomesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_became_of_a_step_is_written_when_the_database_can_be_written_again()
    {
        using var database = FleetDatabase.InMemory();
        await using var writer = new FleetWriter(database);
        var store = new JobStore(database, writer, TimeProvider.System);
        var job = await store.AddAsync(new("night", []));
        await RenameAsync(writer, "jobs", "away");
        var ending = new JobOutcomes(store, NullLogger<JobOutcomes>.Instance).EndAsync(job.Id, JobState.Done, null, Cancellation);
        Assert.NotSame(ending, await Task.WhenAny(ending, Task.Delay(300, Cancellation)));
        await RenameAsync(writer, "away", "jobs");
        await ending.WaitAsync(TimeSpan.FromSeconds(20), Cancellation);
        Assert.Equal(JobState.Done, store.Find(job.Id)!.State);
    }

    [Fact]
    public async Task A_host_that_stops_does_not_wait_for_the_database()
    {
        using var database = FleetDatabase.InMemory();
        await using var writer = new FleetWriter(database);
        await RenameAsync(writer, "jobs", "away");
        using var stopping = new CancellationTokenSource();
        var ending = new JobOutcomes(new(database, writer, TimeProvider.System), NullLogger<JobOutcomes>.Instance).EndAsync("0123", JobState.Done, null, stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ending);
    }

    private static Task RenameAsync(FleetWriter writer, string from, string to) => writer.WriteAsync((connection, transaction) => connection.Execute($"alter table {from} rename to {to}", transaction: transaction));
}
