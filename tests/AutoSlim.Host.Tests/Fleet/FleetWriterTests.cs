using System.Data.Common;
using AutoSlim.Host.Fleet.State;
using Dapper;

namespace AutoSlim.Host.Tests.Fleet;

[Collection(Databases.Collection)]
public sealed class FleetWriterTests(Databases databases)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Of_changes_that_are_committed_together_one_that_fails_takes_no_other_with_it(string kind)
    {
        using var place = await databases.NewAsync(kind);
        using var database = place.Open();
        await using var writer = new FleetWriter(database);
        using var open = new ManualResetEventSlim();
        var gate = writer.WriteAsync((_, _) =>
        {
            open.Wait(Cancellation);
            return true;
        });
        var changes = Enumerable.Range(0, 40).Select(number => InsertAsync(writer, $"device{number}", fails: number is 7 or 21)).ToList();
        changes.Add(InsertAsync(writer, "device3", fails: false));
        open.Set();
        await gate;
        await Task.WhenAll(changes).ContinueWith(_ => { }, Cancellation);
        Assert.Equal([7, 21, 40], changes.Index().Where(change => change.Item.IsFaulted).Select(change => change.Index));
        Assert.All(changes.Where(change => !change.IsFaulted), change => Assert.Equal(1, change.Result));
        Assert.Equal(38, database.Query<long>("select count(*) from devices")[0]);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_disposed_writer_has_written_what_waited_and_takes_no_more(string kind)
    {
        using var place = await databases.NewAsync(kind);
        using var database = place.Open();
        var writer = new FleetWriter(database);
        var changes = Enumerable.Range(0, 500).Select(number => InsertAsync(writer, $"device{number}", fails: false)).ToList();
        await writer.DisposeAsync();
        Assert.All(changes, change => Assert.True(change.IsCompletedSuccessfully));
        Assert.Equal(500, database.Query<long>("select count(*) from devices")[0]);
        var error = await Assert.ThrowsAsync<FleetStateException>(() => InsertAsync(writer, "late", fails: false));
        Assert.Equal("the host is stopping and writes no more", error.Message);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_connection_that_died_while_nobody_wrote_costs_no_change(string kind)
    {
        using var place = await databases.NewAsync(kind);
        using var database = place.Open();
        await using var writer = new FleetWriter(database);
        DbConnection? first = null;
        await writer.WriteAsync((connection, _) => first = connection);
        var runs = 0;
        var inserted = await writer.WriteAsync((connection, transaction) => ++runs == 1 && connection == first
            ? throw new DeadConnectionException()
            : connection.Execute("insert into devices (name, pool, enrolled_ms) values ('late', 'late', 1)", transaction: transaction));
        Assert.Equal((2, 1, 1), (runs, inserted, database.Query<long>("select count(*) from devices")[0]));
    }

    /// <summary>One that fails does so after its statement, and leaves nothing of it.</summary>
    private static Task<int> InsertAsync(FleetWriter writer, string name, bool fails) => writer.WriteAsync((connection, transaction) =>
    {
        var inserted = connection.Execute("insert into devices (name, pool, enrolled_ms) values (@name, @name, 1)", new { name }, transaction);
        return fails ? throw new InvalidOperationException("as the test says") : inserted;
    });

    private sealed class DeadConnectionException() : DbException("the server closed the connection");
}
