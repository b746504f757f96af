using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Fleet;

/// <summary>Where the fleet's state may lie, for tests that run on each: a file, and a PostgreSQL server that all of them share.</summary>
[CollectionDefinition(Collection)]
public sealed class Databases : ICollectionFixture<Databases>, IAsyncLifetime
{
    public const string Collection = "databases";
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";

    private Task<PostgresServer>? server;

    public static TheoryData<string> All => [Sqlite, Postgres];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await (await server).DisposeAsync();
    }

    /// <summary>An empty one; skips the test where the machine has no such server.</summary>
    internal async Task<EmptyDatabase> NewAsync(string kind)
    {
        if (kind == Sqlite) return new(new TemporaryFolder());
        if (PostgresServer.Missing is string reason) Assert.Skip(reason);
        return new(await (await (server ??= PostgresServer.StartAsync())).CreateDatabaseAsync());
    }
}
