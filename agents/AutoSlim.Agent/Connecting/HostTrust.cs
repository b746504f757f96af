using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Connecting;

/// <summary>Which host an agent talks to: the one whose certificate its token names, or one that the system trusts.</summary>
/// <param name="certificateSha256">64 lower-case hex digits; empty where the system decides.</param>
internal sealed class HostTrust(string certificateSha256)
{
    public static HostTrust Of(string token) => new(AgentToken.Parse(token)?.CertificateSha256 ?? "");

    public HttpClientHandler Handler()
    {
        var handler = new HttpClientHandler { AllowAutoRedirect = false };
        if (certificateSha256.Length > 0) handler.ServerCertificateCustomValidationCallback = (_, certificate, _, _) => IsExpected(certificate);
        return handler;
    }

    /// <summary>For web sockets; null where the system decides.</summary>
    public RemoteCertificateValidationCallback? Callback => certificateSha256.Length == 0 ? null : (_, certificate, _, _) => IsExpected(certificate);

    private bool IsExpected(X509Certificate? certificate) => certificate is not null && ContentHash.Of(certificate.GetRawCertData()) == certificateSha256;
}
