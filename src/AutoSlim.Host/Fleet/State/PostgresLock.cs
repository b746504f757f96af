using System.Data.Common;
using Dapper;
using Npgsql;

namespace AutoSlim.Host.Fleet.State;

/// <summary>The lock by which one host at a time has a PostgreSQL database; the server gives it up with the session that took it.</summary>
/// <param name="connectionString">Of the database.</param>
/// <param name="session">By which the server names this host's session and no other: at most 63 characters.</param>
internal sealed class PostgresLock(string connectionString, string session)
{
    private const int KeepAliveSeconds = 30;

    /// <summary>Any number that no other program takes for its lock.</summary>
    private const long HostLock = 0x6175746f736c696d;

    private const string Own = "from pg_stat_activity where application_name = @session and pid <> pg_backend_pid()";

    private readonly string ownSession = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = KeepAliveSeconds, ApplicationName = session }.ToString();

    /// <returns>Holds it until it is closed; null where another host holds it.</returns>
    /// <exception cref="DbException">The database cannot be reached now.</exception>
    public DbConnection? TryTake()
    {
        var connection = new NpgsqlConnection(ownSession);
        try
        {
            connection.Open();
            EndOldSession(connection);
            if (connection.ExecuteScalar<bool>("select pg_try_advisory_lock(@HostLock)", new { HostLock })) return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        connection.Dispose();
        return null;
    }

    /// <summary>A connection that broke may live on at the server, with the lock: it is not to be taken for another host's.</summary>
    private void EndOldSession(NpgsqlConnection connection)
    {
        connection.Execute($"select pg_terminate_backend(pid, 10000) {Own}", new { session });
        if (connection.ExecuteScalar<int>($"select count(*) {Own}", new { session }) > 0) throw new NpgsqlException("the server has not ended this host's old session yet");
    }
}
