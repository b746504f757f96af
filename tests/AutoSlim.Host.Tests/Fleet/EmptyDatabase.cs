using AutoSlim.Host.Fleet.State;
using AutoSlim.Tests.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AutoSlim.Host.Tests.Fleet;

/// <summary>A place for a fleet's state that nobody has used.</summary>
internal sealed class EmptyDatabase : IDisposable
{
    private readonly TemporaryFolder? folder;
    private readonly string? postgres;

    public EmptyDatabase(TemporaryFolder folder) => this.folder = folder;

    public EmptyDatabase(string postgres) => this.postgres = postgres;

    public string Path => System.IO.Path.Combine(folder!.Path, "fleet.db");

    /// <summary>As the host opens it, as often as it is started.</summary>
    public FleetDatabase Open() => postgres is null ? FleetDatabase.OpenFile(Path) : FleetDatabase.OpenPostgres(postgres);

    /// <summary>Behind the host's back.</summary>
    public void Execute(string sql)
    {
        using System.Data.Common.DbConnection connection = postgres is null ? new SqliteConnection($"Data Source={Path};Pooling=False") : new NpgsqlConnection(postgres);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose() => folder?.Dispose();
}
