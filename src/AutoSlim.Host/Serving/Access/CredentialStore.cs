using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using AutoSlim.Host.Fleet.State;
using AutoSlim.Profiling;
using Dapper;

namespace AutoSlim.Host.Serving.Access;

/// <summary>Who may come in. Tokens are 256 random bits, so that their hash is found by look-up: comparing takes as long whatever is shown.</summary>
internal sealed class CredentialStore
{
    private const string Columns = "hash as Hash, purpose as Purpose, device as Device, expires_ms as ExpiresMilliseconds, exchanged_for as ExchangedFor, revoked_ms as RevokedMilliseconds";

    private readonly ConcurrentDictionary<string, Credential> known;
    private readonly FleetWriter writer;
    private readonly TimeProvider time;
    private readonly string certificateSha256;

    public CredentialStore(FleetDatabase database, FleetWriter writer, TimeProvider time, HostIdentity identity)
    {
        (this.writer, this.time, certificateSha256) = (writer, time, identity.CertificateSha256);
        known = new(database.Query<Credential>($"select {Columns} from credentials").Select(credential => KeyValuePair.Create(credential.Hash, credential)), StringComparer.Ordinal);
    }

    /// <summary>Null for a token that is none of ours, has expired, was revoked, or is of another purpose than it says.</summary>
    public Caller? Find(string? token)
    {
        if (AgentToken.Parse(token) is not AgentToken shown || !known.TryGetValue(HashOf(shown.Secret), out var credential)) return null;
        if (credential.Purpose != shown.Purpose || !credential.IsGood(time.GetUtcNow())) return null;
        return new(shown.Purpose switch { AgentToken.Operator => Roles.Operator, AgentToken.Key => Roles.Agent, _ => Roles.Newcomer }, credential.Device);
    }

    /// <summary>A token for a person; good until it is revoked.</summary>
    public Task<string> AddOperatorAsync() => AddAsync(AgentToken.Operator, null, null);

    /// <summary>Enters a device and makes its one-time token.</summary>
    /// <param name="device">Its name, checked.</param>
    /// <param name="pool">The name whose cost table it measures for, checked.</param>
    /// <param name="validity">How long the token may be used.</param>
    public async Task<string> EnrolAsync(string device, string pool, TimeSpan validity)
    {
        await writer.WriteAsync((connection, transaction) => connection.Execute(
            "insert into devices (name, pool, enrolled_ms) values (@device, @pool, @now) on conflict (name) do update set pool = @pool, enrolled_ms = @now, revoked_ms = null",
            new { device, pool, now = Now }, transaction));
        return await AddAsync(AgentToken.Enrolment, device, Now + (long)validity.TotalMilliseconds);
    }

    /// <summary>Exchanges a one-time token for a key; said twice with the same key it counts once.</summary>
    /// <returns>False where the token is another device's or was used for another key, or the key was revoked.</returns>
    public async Task<bool> ExchangeAsync(string token, string device, string keySecret)
    {
        var (hash, key) = (HashOf(AgentToken.Parse(token)!.Secret), HashOf(keySecret));
        var exchanged = await writer.WriteAsync((connection, transaction) => Exchange(connection, transaction, hash, device, key));
        if (!exchanged) return false;
        known[hash] = new() { Hash = hash, Purpose = AgentToken.Enrolment, Device = device, ExpiresMilliseconds = known[hash].ExpiresMilliseconds, ExchangedFor = key };
        foreach (var older in known.Values.Where(other => other.Purpose == AgentToken.Key && other.Device == device)) known.TryRemove(older.Hash, out _);
        known[key] = new() { Hash = key, Purpose = AgentToken.Key, Device = device };
        return true;
    }

    /// <summary>All that the device has ever shown is worth nothing from now on.</summary>
    /// <returns>False where no device has this name.</returns>
    public async Task<bool> RevokeAsync(string device)
    {
        var now = Now;
        var found = await writer.WriteAsync((connection, transaction) =>
        {
            connection.Execute("update credentials set revoked_ms = @now where device = @device and revoked_ms is null", new { now, device }, transaction);
            return connection.Execute("update devices set revoked_ms = @now, description = null where name = @device", new { now, device }, transaction);
        });
        foreach (var credential in known.Values.Where(credential => credential.Device == device)) known.TryRemove(credential.Hash, out _);
        return found > 0;
    }

    private bool Exchange(DbConnection connection, DbTransaction transaction, string hash, string device, string key)
    {
        var used = connection.Execute(
            "update credentials set exchanged_for = @key where hash = @hash and device = @device and revoked_ms is null and (exchanged_for is null or exchanged_for = @key) and not exists (select 1 from credentials where hash = @key and (revoked_ms is not null or device is null or device <> @device))",
            new { hash, device, key }, transaction);
        if (used == 0) return false;
        connection.Execute("update credentials set revoked_ms = @now where device = @device and purpose = @purpose and hash <> @key and revoked_ms is null", new { now = Now, device, key, purpose = AgentToken.Key }, transaction);
        connection.Execute(
            "insert into credentials (hash, purpose, device, created_ms) values (@key, @purpose, @device, @now) on conflict (hash) do nothing",
            new { key, purpose = AgentToken.Key, device, now = Now }, transaction);
        return true;
    }

    private async Task<string> AddAsync(string purpose, string? device, long? expires)
    {
        var token = AgentToken.Create(purpose, certificateSha256);
        var credential = new Credential { Hash = HashOf(token.Secret), Purpose = purpose, Device = device, ExpiresMilliseconds = expires };
        await writer.WriteAsync((connection, transaction) => connection.Execute(
            "insert into credentials (hash, purpose, device, created_ms, expires_ms) values (@Hash, @Purpose, @Device, @now, @ExpiresMilliseconds)",
            new { credential.Hash, credential.Purpose, credential.Device, now = Now, credential.ExpiresMilliseconds }, transaction));
        known[credential.Hash] = credential;
        return token.Reveal();
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static string HashOf(string secret) => ContentHash.Of(Encoding.ASCII.GetBytes(secret));
}
