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

    /// <summary>Of browsers that signed out; no token has it.</summary>
    private const string Session = "session";

    private readonly ConcurrentDictionary<string, Credential> known;
    private readonly FleetDatabase database;
    private readonly FleetWriter writer;
    private readonly TimeProvider time;
    private readonly string certificateSha256;

    public CredentialStore(FleetDatabase database, FleetWriter writer, TimeProvider time, HostIdentity identity)
    {
        (this.database, this.writer, this.time, certificateSha256) = (database, writer, time, identity.CertificateSha256);
        known = new(database.Query<Credential>($"select {Columns} from credentials").Select(credential => KeyValuePair.Create(credential.Hash, credential)), StringComparer.Ordinal);
    }

    /// <summary>Null for a token that is none of ours, has expired, was revoked, or is of another purpose than it says.</summary>
    public Caller? Find(string? token)
    {
        if (AgentToken.Parse(token) is not AgentToken shown || !known.TryGetValue(HashOf(shown.Secret), out var credential)) return null;
        if (credential.Purpose != shown.Purpose || !credential.IsGood(time.GetUtcNow())) return null;
        return new(shown.Purpose switch { AgentToken.Operator => Roles.Operator, AgentToken.Key => Roles.Agent, _ => Roles.Newcomer }, credential.Device);
    }

    /// <param name="hash">Of a token's secret.</param>
    public bool IsGood(string hash) => known.TryGetValue(hash, out var credential) && credential.IsGood(time.GetUtcNow());

    /// <inheritdoc cref="IsGood"/>
    public bool IsRevoked(string hash) => known.TryGetValue(hash, out var credential) && credential.RevokedMilliseconds is not null;

    /// <summary>The one token for people; those before it are worth nothing from now on.</summary>
    public async Task<string> RenewOperatorAsync()
    {
        var (token, now) = (AgentToken.Create(AgentToken.Operator, certificateSha256), Now);
        await writer.WriteAsync((connection, transaction) =>
        {
            connection.Execute("update credentials set revoked_ms = @now where purpose = @Operator and revoked_ms is null", new { now, AgentToken.Operator }, transaction);
            return Insert(connection, transaction, new() { Hash = HashOf(token.Secret), Purpose = AgentToken.Operator });
        });
        foreach (var credential in database.Query<Credential>($"select {Columns} from credentials").Where(credential => credential.Purpose == AgentToken.Operator)) known[credential.Hash] = credential;
        return token.Reveal();
    }

    /// <summary>An operator's token for this host's own processes. It is kept nowhere and ends with the host, not with the one for people.</summary>
    public string CreateForThisRun()
    {
        var token = AgentToken.Create(AgentToken.Operator, certificateSha256);
        var hash = HashOf(token.Secret);
        known[hash] = new() { Hash = hash, Purpose = AgentToken.Operator };
        return token.Reveal();
    }

    /// <summary>A browser's session is over; <see cref="IsRevoked"/> says so from now on.</summary>
    /// <param name="hash">Of what names the session.</param>
    public async Task EndSessionAsync(string hash)
    {
        var ended = new Credential { Hash = hash, Purpose = Session, RevokedMilliseconds = Now };
        await writer.WriteAsync((connection, transaction) => Insert(connection, transaction, ended));
        known[hash] = ended;
    }

    /// <summary>Enters a device and makes its one-time token.</summary>
    /// <param name="device">Its name, checked.</param>
    /// <param name="pool">The name whose cost table it measures for, checked.</param>
    /// <param name="validity">How long the token may be used.</param>
    public async Task<string> EnrolAsync(string device, string pool, TimeSpan validity)
    {
        await writer.WriteAsync((connection, transaction) => connection.Execute(
            "insert into devices (name, pool, enrolled_ms) values (@device, @pool, @now) on conflict (name) do update set pool = @pool, enrolled_ms = @now, revoked_ms = null",
            new { device, pool, now = Now }, transaction));
        var token = AgentToken.Create(AgentToken.Enrolment, certificateSha256);
        var credential = new Credential { Hash = HashOf(token.Secret), Purpose = AgentToken.Enrolment, Device = device, ExpiresMilliseconds = Now + (long)validity.TotalMilliseconds };
        await writer.WriteAsync((connection, transaction) => Insert(connection, transaction, credential));
        known[credential.Hash] = credential;
        return token.Reveal();
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

    /// <summary>What is there already stays.</summary>
    private int Insert(DbConnection connection, DbTransaction transaction, Credential credential) => connection.Execute(
        "insert into credentials (hash, purpose, device, created_ms, expires_ms, revoked_ms) values (@Hash, @Purpose, @Device, @now, @ExpiresMilliseconds, @RevokedMilliseconds) on conflict (hash) do nothing",
        new { credential.Hash, credential.Purpose, credential.Device, now = Now, credential.ExpiresMilliseconds, credential.RevokedMilliseconds }, transaction);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What the host keeps of a secret: 64 lower-case hex digits.</summary>
    public static string HashOf(string secret) => ContentHash.Of(Encoding.ASCII.GetBytes(secret));
}
