namespace AutoSlim.Host.Serving.Access;

/// <summary>What tokens tell of this host.</summary>
/// <param name="CertificateSha256">64 lower-case hex digits; empty where it serves loopback only, in plain text.</param>
internal sealed record HostIdentity(string CertificateSha256);
