using System.Security.Cryptography;

namespace AutoSlim.Host.Devices;

/// <summary>How the server for devices is started.</summary>
public sealed record DeviceServerOptions
{
    private const int MinimumTokenLength = 16;
    private const int RandomTokenLength = 64;

    /// <summary>On the loopback interface; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The secret that every device must present; a random one unless set.</summary>
    public string Token { get; init; } = RandomNumberGenerator.GetHexString(RandomTokenLength, lowercase: true);

    /// <summary>All that is wrong; empty when the server can start.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. Port is >= 0 and <= 65535 ? Array.Empty<string>() : [$"port {Port} is outside 0 to 65535"],
        .. Token.Length >= MinimumTokenLength && Token.All(c => c is > ' ' and <= '~')
            ? Array.Empty<string>()
            : [$"the token must have at least {MinimumTokenLength} printable ASCII characters and no spaces"],
    ];

    /// <summary>Like a record's own text, without the secret.</summary>
    public override string ToString() => $"port {Port}";
}
