using System.Security.Cryptography;

namespace AutoSlim.Profiling;

/// <summary>
/// A secret that a host made: what it is for, 256 random bits, and the certificate that the host shows, so that whoever got the token from
/// the right host talks to no other. Written as three parts with dots between them.
/// </summary>
/// <param name="Purpose">One of the constants here.</param>
/// <param name="Secret">43 characters of base64url.</param>
/// <param name="CertificateSha256">64 lower-case hex digits; empty for a host that serves loopback only.</param>
public sealed record AgentToken(string Purpose, string Secret, string CertificateSha256)
{
    /// <summary>Good for one exchange against a key.</summary>
    public const string Enrolment = "autoslim-enrol";

    /// <summary>What an agent shows from then on.</summary>
    public const string Key = "autoslim-agent";

    /// <summary>For a person and for what acts for one.</summary>
    public const string Operator = "autoslim-operator";

    private const int SecretBytes = 32;
    private const int SecretLength = 43;

    public static AgentToken Create(string purpose, string certificateSha256) =>
        new(purpose, Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_'), certificateSha256);

    /// <summary>Null for text that is no such token.</summary>
    public static AgentToken? Parse(string? text)
    {
        var parts = text?.Split('.') ?? [];
        if (parts is not [Enrolment or Key or Operator, { Length: SecretLength }, _]) return null;
        if (!parts[1].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return null;
        return parts[2].Length == 0 || ContentHash.IsWellFormed(parts[2]) ? new(parts[0], parts[1], parts[2]) : null;
    }

    /// <summary>The token itself: a secret.</summary>
    public string Reveal() => $"{Purpose}.{Secret}.{CertificateSha256}";

    /// <summary>Like a record's own text, without the secret.</summary>
    public override string ToString() => $"{Purpose} token";
}
