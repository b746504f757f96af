using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>Asks an agent to run a model over images and to return what it computes.</summary>
/// <param name="ModelSha256">The ONNX file's hash.</param>
/// <param name="ImagesSha256">The blob's hash: images in the order count, channels, height, width.</param>
/// <param name="TimeLimitMilliseconds">For all images together.</param>
[MessagePackObject]
public sealed record EvaluationRequest(
    [property: Key(0)] string ModelSha256,
    [property: Key(1)] string ImagesSha256,
    [property: Key(2)] ImageElement Element,
    [property: Key(3)] int Count,
    [property: Key(4)] int Channels,
    [property: Key(5)] int Height,
    [property: Key(6)] int Width,
    [property: Key(7)] double TimeLimitMilliseconds)
{
    private const double MaximumTimeLimitMilliseconds = 24 * 3600e3;

    /// <summary>The size that the blob must have.</summary>
    [IgnoreMember]
    public long BlobBytes => (long)Count * Channels * Height * Width * (Element == ImageElement.SinglePrecision ? sizeof(float) : sizeof(byte));

    /// <summary>What is wrong with a request that came over the wire, or null.</summary>
    public string? Problem()
    {
        if (!ContentHash.IsWellFormed(ModelSha256)) return $"model hash '{ModelSha256}' is not 64 lower-case hex digits";
        if (!ContentHash.IsWellFormed(ImagesSha256)) return $"image hash '{ImagesSha256}' is not 64 lower-case hex digits";
        if (!Enum.IsDefined(Element)) return $"image element {(int)Element} is unknown";
        if (new[] { Count, Channels, Height, Width }.Any(size => size is < 1 or > 1 << 20))
            return $"image shape {Count}x{Channels}x{Height}x{Width}, expected sizes from 1 to {1 << 20}";
        if (Math.BigMul(Count, Channels) > ProfilerProtocol.MaximumBlobBytes / Math.BigMul(Height, Width) || BlobBytes > ProfilerProtocol.MaximumBlobBytes)
            return $"images of {Count}x{Channels}x{Height}x{Width} exceed {ProfilerProtocol.MaximumBlobBytes} bytes: send fewer at a time";
        return TimeLimitMilliseconds is > 0 and <= MaximumTimeLimitMilliseconds
            ? null
            : FormattableString.Invariant($"the time limit is {TimeLimitMilliseconds} ms, expected more than 0 and at most {MaximumTimeLimitMilliseconds}");
    }
}
