using System.Data.Common;
using System.Reflection;
using Dapper;
using DbUp;
using DbUp.Builder;
using DbUp.Engine.Output;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AutoSlim.Host.Fleet.State;

/// <summary>Where the host's state lies: an SQLite file, PostgreSQL, or this process's memory for a verb that keeps nothing.</summary>
internal sealed class FleetDatabase : IDisposable
{
    private const int BusyTimeoutSeconds = 30;

    private readonly DbProviderFactory factory;
    private readonly DbConnection? keepsMemoryAlive;

    private FleetDatabase(DbProviderFactory factory, string connectionString)
    {
        (this.factory, ConnectionString) = (factory, connectionString);
        if (IsInMemory) keepsMemoryAlive = Open();
    }

    /// <summary>May hold a password: not for logs.</summary>
    public string ConnectionString { get; }

    /// <summary>For people: no password.</summary>
    public string Name => IsPostgres ? $"PostgreSQL at {new NpgsqlConnectionStringBuilder(ConnectionString).Host}" : new SqliteConnectionStringBuilder(ConnectionString).DataSource;

    private bool IsPostgres => factory is NpgsqlFactory;

    private bool IsInMemory => !IsPostgres && new SqliteConnectionStringBuilder(ConnectionString).Mode == SqliteOpenMode.Memory;

    /// <summary>A file that is made when it is missing, with its schema brought up to date.</summary>
    /// <exception cref="FleetStateException">It cannot be opened, or its schema is not ours.</exception>
    public static FleetDatabase OpenFile(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return Migrated(new(SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(path), DefaultTimeout = BusyTimeoutSeconds }.ToString()));
    }

    /// <summary>A PostgreSQL database that exists, with its schema brought up to date.</summary>
    /// <exception cref="FleetStateException">It cannot be reached, or its schema is not ours.</exception>
    public static FleetDatabase OpenPostgres(string connectionString) => Migrated(new(NpgsqlFactory.Instance, connectionString));

    /// <summary>Gone with this object.</summary>
    public static FleetDatabase InMemory() => Migrated(new(
        SqliteFactory.Instance, new SqliteConnectionStringBuilder { DataSource = $"autoslim-{Guid.NewGuid():N}", Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared }.ToString()));

    /// <exception cref="DbException">The database cannot be reached.</exception>
    public DbConnection Open()
    {
        var connection = factory.CreateConnection()!;
        connection.ConnectionString = ConnectionString;
        connection.Open();
        // What was answered is on the disk before the agent hears of it, through a power cut too.
        if (!IsPostgres) connection.Execute("pragma journal_mode = wal; pragma synchronous = full;");
        return connection;
    }

    public IReadOnlyList<T> Query<T>(string sql, object? parameters = null)
    {
        using var connection = Open();
        return [.. connection.Query<T>(sql, parameters)];
    }

    public void Dispose()
    {
        keepsMemoryAlive?.Dispose();
        if (!IsPostgres) SqliteConnection.ClearPool(new SqliteConnection(ConnectionString));
    }

    private static FleetDatabase Migrated(FleetDatabase database)
    {
        var upgrade = database.Target()
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.EndsWith(".sql", StringComparison.Ordinal))
            .WithTransaction()
            .LogTo(new NoOpUpgradeLog())
            .Build();
        var result = upgrade.PerformUpgrade();
        if (result.Successful) return database;
        database.Dispose();
        throw new FleetStateException($"the host's state in {database.Name} cannot be used: {result.Error.Message}", result.Error);
    }

    private UpgradeEngineBuilder Target() => IsPostgres ? DeployChanges.To.PostgresqlDatabase(ConnectionString) : DeployChanges.To.SqliteDatabase(ConnectionString);
}
