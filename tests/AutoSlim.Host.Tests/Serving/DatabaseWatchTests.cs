using System.Data.Common;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Host.Serving;
using AutoSlim.Host.Tests.Stages;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoSlim.Host.Tests.Serving;

public sealed class DatabaseWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    [Fact]
    public async Task A_host_stops_where_another_took_its_database()
    {
        await using var hold = new DatabaseHold(() => null);
        using var watch = Watch(hold);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await watch.ExecuteTask!.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(lifetime.ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task A_database_that_is_away_is_waited_for()
    {
        var (looks, held) = (0, new TaskCompletionSource());
        await using var hold = new DatabaseHold(() => ++looks < 3 ? throw new SqliteException("away", 14) : Held());
        using var watch = Watch(hold);
        await watch.StartAsync(TestContext.Current.CancellationToken);
        await held.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await watch.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);

        DbConnection Held()
        {
            var connection = new SqliteConnection("Data Source=:memory:");
            connection.Open();
            held.TrySetResult();
            return connection;
        }
    }

    private DatabaseWatch Watch(DatabaseHold hold) => new(hold, lifetime, new HastyTime(), NullLogger<DatabaseWatch>.Instance);
}
