namespace AutoSlim.Host.Serving.Access;

/// <summary>What the host knows of a token: never the token.</summary>
internal sealed class Credential
{
    /// <summary>SHA-256 of the token's secret, 64 lower-case hex digits.</summary>
    public string Hash { get; init; } = "";

    /// <summary>One of <see cref="Profiling.AgentToken"/>'s.</summary>
    public string Purpose { get; init; } = "";

    public string? Device { get; init; }

    public long? ExpiresMilliseconds { get; init; }

    /// <summary>The hash of the key that a one-time token was exchanged for.</summary>
    public string? ExchangedFor { get; init; }

    public long? RevokedMilliseconds { get; init; }

    public bool IsGood(DateTimeOffset now) => RevokedMilliseconds is null && !(ExpiresMilliseconds <= now.ToUnixTimeMilliseconds());
}
