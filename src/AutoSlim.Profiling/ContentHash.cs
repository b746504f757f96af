using System.Security.Cryptography;

namespace AutoSlim.Profiling;

/// <summary>The name of a model or a blob: the SHA-256 of its bytes, 64 lower-case hex digits.</summary>
public static class ContentHash
{
    public static string Of(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Reads to the end.</summary>
    public static string Of(Stream content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static bool IsWellFormed(string? hash) => hash is { Length: 64 } && hash.All(char.IsAsciiHexDigitLower);
}
