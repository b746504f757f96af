using System.Data.Common;
using AutoSlim.Host.Fleet.State;
using Dapper;

namespace AutoSlim.Host.Tests.Fleet;

[Collection(Databases.Collection)]
public sealed class PostgresLockTests(Databases databases)
{
    [Fact]
    public async Task A_session_of_its_own_that_lives_on_at_the_server_is_ended_and_not_taken_for_another_host_s()
    {
        using var place = await databases.NewAsync(Databases.Postgres);
        using var database = place.Open();
        var ours = new PostgresLock(database.ConnectionString, "autoslim host 1");
        await using var old = ours.TryTake();
        await using var renewed = ours.TryTake();
        Assert.NotNull(renewed);
        Assert.Equal(1, renewed.ExecuteScalar<int>("select 1"));
        Assert.ThrowsAny<DbException>(() => old!.Execute("select 1"));
    }

    [Fact]
    public async Task Another_host_s_session_is_left_alone()
    {
        using var place = await databases.NewAsync(Databases.Postgres);
        using var database = place.Open();
        await using var held = new PostgresLock(database.ConnectionString, "autoslim host 1").TryTake();
        Assert.Null(new PostgresLock(database.ConnectionString, "autoslim host 2").TryTake());
        Assert.Equal(1, held!.ExecuteScalar<int>("select 1"));
    }
}
