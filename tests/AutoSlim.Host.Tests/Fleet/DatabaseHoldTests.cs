using System.Data.Common;

namespace AutoSlim.Host.Tests.Fleet;

[Collection(Databases.Collection)]
public sealed class DatabaseHoldTests(Databases databases)
{
    /// <summary>As when the server restarts: the connection is gone, and with it who held the database. Waits for the end of the session.</summary>
    private const string ForgetHolders =
        "select pg_terminate_backend(pid, 10000) from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())";

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Whoever_holds_a_database_keeps_it(string kind)
    {
        using var place = await databases.NewAsync(kind);
        using var database = place.Open();
        await using var hold = database.Hold();
        for (var look = 0; look < 3; look++) Assert.True(await hold.KeepAsync());
        Assert.False(hold.IsLost);
    }

    [Fact]
    public async Task One_host_at_a_time_holds_a_server_s_database()
    {
        using var place = await databases.NewAsync(Databases.Postgres);
        using var database = place.Open();
        await using var second = database.Hold();
        await using (var first = database.Hold())
        {
            Assert.True(await first.KeepAsync());
            Assert.False(await second.KeepAsync());
            Assert.True(second.IsLost);
        }

        Assert.False(await second.KeepAsync());
        await using var third = database.Hold();
        Assert.True(await third.KeepAsync());
    }

    [Fact]
    public async Task What_the_server_forgot_is_taken_again()
    {
        using var place = await databases.NewAsync(Databases.Postgres);
        using var database = place.Open();
        await using var first = database.Hold();
        Assert.True(await first.KeepAsync());
        place.Execute(ForgetHolders);
        Assert.True(await first.KeepAsync());
        await using var second = database.Hold();
        Assert.False(await second.KeepAsync());
    }

    [Fact]
    public async Task What_another_host_took_meanwhile_is_lost_for_good()
    {
        using var place = await databases.NewAsync(Databases.Postgres);
        using var database = place.Open();
        await using var first = database.Hold();
        Assert.True(await first.KeepAsync());
        place.Execute(ForgetHolders);
        await using (var second = database.Hold())
        {
            Assert.True(await second.KeepAsync());
            Assert.False(await first.KeepAsync());
        }

        Assert.False(await first.KeepAsync());
        Assert.True(first.IsLost);
    }

    [Fact]
    public async Task A_server_that_is_away_has_nothing_lost_and_is_asked_again()
    {
        if (PostgresServer.Missing is string reason) Assert.Skip(reason);
        await using var server = await PostgresServer.StartAsync();
        using var database = new EmptyDatabase(await server.CreateDatabaseAsync()).Open();
        await using var hold = database.Hold();
        Assert.True(await hold.KeepAsync());
        await server.StopAsync();
        for (var look = 0; look < 2; look++) await Assert.ThrowsAnyAsync<DbException>(hold.KeepAsync);
        Assert.False(hold.IsLost);
        await server.StartAgainAsync();
        Assert.True(await hold.KeepAsync());
    }
}
