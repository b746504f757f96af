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

    /// <summary>A server that may be away for a while, and not a file.</summary>
    public bool IsPostgres => factory is NpgsqlFactory;

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

    /// <summary>Not held yet; for one host alone. Of a file the lock beside it says who has it.</summary>
    public DatabaseHold Hold() => new(IsPostgres ? new PostgresLock(ConnectionString, $"autoslim host {Guid.NewGuid():N}").TryTake : Open);

    private static FleetDatabase Migrated(FleetDatabase database)
    {
        try
        {
            database.Migrate();
            return database;
        }
        catch (Exception error) when (error is DbException or FleetStateException)
        {
            database.Dispose();
            throw new FleetStateException($"the host's state in {database.Name} cannot be used: {error.Message}", error);
        }
    }

    private void Migrate()
    {
        var upgrade = Target()
            .WithScriptsEmbeddedInAssembly(Assembly.GetExecutingAssembly(), name => name.EndsWith(".sql", StringComparison.Ordinal))
            .WithTransaction()
            .LogTo(new NoOpUpgradeLog())
            .Build();
        var (ours, done) = (upgrade.GetDiscoveredScripts().Select(script => script.Name).ToList(), upgrade.GetExecutedScripts());
        if (done.Except(ours).ToList() is { Count: > 0 } unknown)
            throw new FleetStateException($"it was brought to '{unknown[^1]}', which this release does not know: a newer release wrote it, or another program");
        if (done.Count == 0 && ForeignTables() is { Count: > 0 } foreign)
            throw new FleetStateException($"it holds tables of another program ({string.Join(", ", foreign.Take(3))}): give the host a database of its own");
        var result = upgrade.PerformUpgrade();
        if (!result.Successful) throw new FleetStateException(result.Error.Message, result.Error);
    }

    /// <summary>A file is for the host alone; in PostgreSQL others may have tables beside ours, but none by our names.</summary>
    private IReadOnlyList<string> ForeignTables() => Query<string>(IsPostgres
        ? "select table_name from information_schema.tables where table_schema = current_schema() and table_name in ('devices', 'credentials', 'jobs', 'probes') order by 1"
        : "select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and lower(name) <> 'schemaversions' order by 1");

    private UpgradeEngineBuilder Target() => IsPostgres ? DeployChanges.To.PostgresqlDatabase(ConnectionString) : DeployChanges.To.SqliteDatabase(ConnectionString);
}
