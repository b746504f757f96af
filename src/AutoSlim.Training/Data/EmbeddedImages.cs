using System.IO.Compression;

namespace AutoSlim.Training.Data;

/// <summary>
/// A part of Fashion-MNIST (Zalando, MIT licence) that travels inside the assembly, so that everything can be tried without a download:
/// the first 16,000 training and the first 5,000 test images. Embedded/README.md says how the files were made.
/// </summary>
public static class EmbeddedImages
{
    private const string Resources = "AutoSlim.Training.Data.Embedded";

    private static readonly RecordFormat Format = new(LabelBytes: 1, Channels: 1, Height: 28, Width: 28, Classes: 10);

    private static readonly string[] ClassNames =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    /// <summary>What reports call them.</summary>
    public const string Name = "Fashion-MNIST (a part)";

    public static ImageData Load() => new(Read("training"), Read("test"));

    private static ImageSet Read(string set)
    {
        var names = typeof(EmbeddedImages).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{Resources}.{set}-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return Format.Read(set, ClassNames, [.. names.Select(name => (name, Inflate(name)))]);
    }

    private static byte[] Inflate(string resource)
    {
        using var packed = typeof(EmbeddedImages).Assembly.GetManifestResourceStream(resource)!;
        using var unpacker = new BrotliStream(packed, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        unpacker.CopyTo(bytes);
        return bytes.ToArray();
    }
}
