using SkiaSharp;

namespace AutoSlim.Training.Tests.Data;

/// <summary>Small image files whose colours tell what they are.</summary>
internal static class Pictures
{
    public static byte[] Plain(SKColor colour, int width = 40, int height = 30, SKEncodedImageFormat format = SKEncodedImageFormat.Png) =>
        Encode(width, height, (_, _) => colour, format);

    /// <summary>Red rises from left to right, green from top to bottom.</summary>
    public static byte[] Ramp(int width, int height, SKEncodedImageFormat format = SKEncodedImageFormat.Png) =>
        Encode(width, height, (x, y) => new((byte)(255 * x / Math.Max(1, width - 1)), (byte)(255 * y / Math.Max(1, height - 1)), 77), format);

    /// <summary>Noise, which compresses to as many bytes as a photograph of its size or more.</summary>
    public static byte[] Noise(int width, int height, ulong seed, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        var random = new SplitMix64(seed);
        return Encode(width, height, (_, _) => new((byte)random.Below(256), (byte)random.Below(256), (byte)random.Below(256)), format);
    }

    /// <summary>train and test with two classes, "cat" red and "dog" blue; the shade tells the number.</summary>
    public static void WriteTree(string folder, int trainingImages = 8, int testImages = 4, string test = "test")
    {
        foreach (var (set, count) in new[] { ("train", trainingImages), (test, testImages) })
            for (var i = 0; i < count; i++)
            {
                Write(Path.Combine(folder, set, "cat", $"{i:00}.JPEG"), Plain(new((byte)(100 + 10 * i), 0, 0), format: SKEncodedImageFormat.Jpeg));
                Write(Path.Combine(folder, set, "dog", $"{i:00}.png"), Plain(new(0, 0, (byte)(100 + 10 * i))));
            }
    }

    public static void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static byte[] Encode(int width, int height, Func<int, int, SKColor> colour, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                bitmap.SetPixel(x, y, colour(x, y));
        using var data = bitmap.Encode(format, quality: 95);
        return data.ToArray();
    }
}
