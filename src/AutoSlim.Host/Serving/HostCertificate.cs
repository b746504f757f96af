using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AutoSlim.Host.Fleet.State;

namespace AutoSlim.Host.Serving;

/// <summary>The certificate that the host made for itself when it first started. Tokens carry its hash, so that no authority is needed.</summary>
internal static class HostCertificate
{
    private const int Years = 20;

    /// <exception cref="FleetStateException">The file is there, and is no certificate.</exception>
    public static X509Certificate2 LoadOrCreate(StateFiles files, TimeProvider time)
    {
        if (!File.Exists(files.CertificatePath)) StateFiles.WriteSecret(files.CertificatePath, Create(time));
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(files.CertificatePath, password: null);
        }
        catch (CryptographicException error)
        {
            throw new FleetStateException($"'{files.CertificatePath}' holds no certificate: restore it, or delete it and enrol every device anew ({error.Message})", error);
        }
    }

    private static byte[] Create(TimeProvider time)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=autoslim", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName(Environment.MachineName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        using var certificate = request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddYears(Years));
        return certificate.Export(X509ContentType.Pfx);
    }
}
