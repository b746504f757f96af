using System.Buffers;
using SkiaSharp;

namespace AutoSlim.Training.Data;

/// <summary>One JPEG or PNG, told by its bytes, not by its name. Orientation notes and colour profiles are passed over, as torchvision does.</summary>
internal sealed class ImageFile : IDisposable
{
    /// <summary>The largest of ImageNet have 61 million; a header that claims more is not believed.</summary>
    public const long MaximumPixels = 1 << 26;

    private const long MaximumFileBytes = 1 << 28;
    private const int BytesPerPixel = 4;

    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    private readonly SKData data;
    private readonly SKCodec codec;

    private ImageFile(SKData data, SKCodec codec) => (this.data, this.codec) = (data, codec);

    public int Width => codec.Info.Width;

    public int Height => codec.Info.Height;

    /// <summary>Reads the bytes and the header; null, with what the file is instead, when it cannot be an image.</summary>
    public static ImageFile? Open(string path, out string? problem)
    {
        try
        {
            problem = new FileInfo(path).Length switch
            {
                0 => "is empty",
                > MaximumFileBytes and var length => $"has {length} bytes, more than the {MaximumFileBytes} that are read",
                _ => null,
            };
            return problem is null ? Of(File.ReadAllBytes(path), out problem) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            problem = $"cannot be read ({fault.Message})";
            return null;
        }
    }

    /// <inheritdoc cref="Open"/>
    public static ImageFile? Of(byte[] bytes, out string? problem)
    {
        var data = SKData.CreateCopy(bytes);
        var codec = SKCodec.Create(data);
        problem = codec is null ? "is no image, or ends within its header" : HeaderProblem(codec);
        if (problem is null) return new(data, codec!);
        codec?.Dispose();
        data.Dispose();
        return null;
    }

    /// <summary>A part of the image, scaled to a square; null, or what is wrong with the file.</summary>
    /// <param name="window">Inside the image.</param>
    /// <param name="resolution">Pixels on each side.</param>
    /// <param name="pixels">Red, green, blue, each resolution x resolution.</param>
    public string? Read(ImageWindow window, int resolution, Span<byte> pixels)
    {
        var size = codec.GetScaledDimensions(Reduction(window, resolution));
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul)))
            return $"has {size.Width}x{size.Height} pixels, for which there is no memory";
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.IncompleteInput) return "is truncated";
        if (result != SKCodecResult.Success) return $"is damaged ({result})";
        Scale(bitmap, window.Scaled((double)size.Width / Width, (double)size.Height / Height, size.Width, size.Height), resolution, pixels);
        return null;
    }

    public void Dispose()
    {
        codec.Dispose();
        data.Dispose();
    }

    private static string? HeaderProblem(SKCodec codec)
    {
        if (codec.EncodedFormat is not (SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png)) return $"is a {codec.EncodedFormat} image, expected JPEG or PNG";
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        return (long)width * height is > 0 and <= MaximumPixels ? null : $"claims {width}x{height} pixels, more than the {MaximumPixels} that are believed";
    }

    /// <summary>A JPEG can be decoded at a half, a quarter or an eighth, which is quicker; never smaller than what is shown.</summary>
    private static float Reduction(ImageWindow window, int resolution)
    {
        var reduction = 8;
        while (reduction > 1 && Math.Min(window.Width, window.Height) < reduction * resolution) reduction /= 2;
        return 1f / reduction;
    }

    private static unsafe void Scale(SKBitmap bitmap, ImageWindow window, int resolution, Span<byte> pixels)
    {
        var shown = ArrayPool<byte>.Shared.Rent(resolution * resolution * BytesPerPixel);
        try
        {
            fixed (byte* target = shown)
            {
                using var whole = bitmap.PeekPixels();
                using var part = new SKPixmap();
                using var scaled = new SKPixmap(new(resolution, resolution, SKColorType.Rgba8888, SKAlphaType.Unpremul), (nint)target);
                if (!whole.ExtractSubset(part, SKRectI.Create(window.Left, window.Top, window.Width, window.Height)) || !part.ScalePixels(scaled, Smooth))
                    throw new InvalidOperationException($"{window} of {bitmap.Width}x{bitmap.Height} cannot be scaled to {resolution}");
            }

            Split(shown, pixels, resolution * resolution);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(shown);
        }
    }

    private static void Split(ReadOnlySpan<byte> interleaved, Span<byte> planes, int area)
    {
        Span<byte> red = planes[..area], green = planes.Slice(area, area), blue = planes.Slice(2 * area, area);
        for (var i = 0; i < area; i++)
            (red[i], green[i], blue[i]) = (interleaved[BytesPerPixel * i], interleaved[BytesPerPixel * i + 1], interleaved[BytesPerPixel * i + 2]);
    }
}
