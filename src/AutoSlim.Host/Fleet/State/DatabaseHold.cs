using System.Data.Common;
using Dapper;

namespace AutoSlim.Host.Fleet.State;

/// <summary>
/// A database that one host has for itself: two on one would give the same probe out twice. A server forgets who holds it when it restarts or loses
/// the connection.
/// </summary>
/// <param name="take">A connection that holds it; null where another host's does.</param>
internal sealed class DatabaseHold(Func<DbConnection?> take) : IAsyncDisposable
{
    private DbConnection? connection;

    /// <summary>Another host took it.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Takes it, or takes it again where it was forgotten.</summary>
    /// <returns>Whether it is held now; once another host has it, false for good.</returns>
    /// <exception cref="DbException">The database cannot be reached now.</exception>
    public async Task<bool> KeepAsync()
    {
        if (IsLost) return false;
        if (await AnswersAsync()) return true;
        await ReleaseAsync();
        connection = take();
        IsLost = connection is null;
        return !IsLost;
    }

    public async ValueTask DisposeAsync() => await ReleaseAsync();

    private async Task ReleaseAsync()
    {
        if (connection is { } ended) await ended.DisposeAsync();
        connection = null;
    }

    /// <summary>The same connection as before, that is: one that was closed is not opened again, for the new one would hold nothing.</summary>
    private async Task<bool> AnswersAsync()
    {
        if (connection is not { State: System.Data.ConnectionState.Open }) return false;
        try
        {
            return await connection.ExecuteScalarAsync<int>("select 1") == 1;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
