using System.Runtime.InteropServices;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>Images for a device to classify, in the order count, channels, height, width.</summary>
public sealed record ImageBatch
{
    private ImageBatch(ImageElement element, int count, int channels, int height, int width, byte[] bytes)
    {
        var expected = (long)count * channels * height * width * (element == ImageElement.SinglePrecision ? sizeof(float) : sizeof(byte));
        if (Math.Min(Math.Min(count, channels), Math.Min(height, width)) < 1 || bytes.LongLength != expected)
            throw new ArgumentException($"{bytes.LongLength} bytes are not {count}x{channels}x{height}x{width} images, which have {expected}", nameof(bytes));
        (Element, Count, Channels, Height, Width, Bytes) = (element, count, channels, height, width, bytes);
    }

    public ImageElement Element { get; }

    public int Count { get; }

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    internal byte[] Bytes { get; }

    /// <summary>Images that are ready for the network: normalised.</summary>
    /// <exception cref="ArgumentException">There are more or fewer values than the shape says.</exception>
    public static ImageBatch Of(ReadOnlySpan<float> values, int count, int channels, int height, int width) =>
        new(ImageElement.SinglePrecision, count, channels, height, width, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Raw images; a network with a float input gets every value divided by 255.</summary>
    /// <exception cref="ArgumentException">There are more or fewer values than the shape says.</exception>
    public static ImageBatch Of(ReadOnlySpan<byte> values, int count, int channels, int height, int width) =>
        new(ImageElement.EightBit, count, channels, height, width, values.ToArray());
}
