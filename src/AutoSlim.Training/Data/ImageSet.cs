namespace AutoSlim.Training.Data;

/// <summary>Labelled images of one size in memory, one byte per channel and pixel.</summary>
public sealed class ImageSet
{
    private readonly byte[] pixels;
    private readonly byte[] labels;

    /// <param name="name">What reports call it.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="classNames">One name per class, in label order.</param>
    /// <param name="pixels">Image by image, channel by channel, row by row.</param>
    /// <param name="labels">One per image, each below the number of classes.</param>
    /// <exception cref="ArgumentException">A size below 1, lengths that do not fit together, or a label without a class.</exception>
    public ImageSet(string name, int channels, int height, int width, IReadOnlyList<string> classNames, byte[] pixels, byte[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (Name, Channels, Height, Width, ClassNames) = (name, channels, height, width, classNames);
        if (pixels.LongLength != (long)labels.Length * BytesPerImage)
            throw new ArgumentException($"{labels.Length} labels need {(long)labels.Length * BytesPerImage} bytes of pixels, there are {pixels.Length}", nameof(pixels));
        if (labels.Length > 0 && labels.Max() >= classNames.Count)
            throw new ArgumentException($"label {labels.Max()} has no class, there are {classNames.Count}", nameof(labels));
        (this.pixels, this.labels) = (pixels, labels);
    }

    public string Name { get; }

    public int Channels { get; }

    public int Height { get; }

    public int Width { get; }

    public IReadOnlyList<string> ClassNames { get; }

    public int Classes => ClassNames.Count;

    public int Count => labels.Length;

    public int BytesPerImage => Channels * Height * Width;

    public ReadOnlySpan<byte> Labels => labels;

    /// <summary>All pixels: images x channels x height x width.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>The pixels of one image: channels x height x width.</summary>
    public ReadOnlySpan<byte> Image(int index) => pixels.AsSpan(index * BytesPerImage, BytesPerImage);

    /// <summary>The first <paramref name="count"/> images.</summary>
    public ImageSet Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        return With(Name, pixels[..(count * BytesPerImage)], labels[..count]);
    }

    /// <summary>The images at <paramref name="indices"/>, in that order.</summary>
    /// <param name="indices">Positions in this set.</param>
    /// <param name="name">The new set's name, or null to keep this one's.</param>
    public ImageSet Subset(IReadOnlyList<int> indices, string? name = null)
    {
        var (chosenPixels, chosenLabels) = (new byte[indices.Count * BytesPerImage], new byte[indices.Count]);
        for (var i = 0; i < indices.Count; i++)
        {
            Image(indices[i]).CopyTo(chosenPixels.AsSpan(i * BytesPerImage));
            chosenLabels[i] = labels[indices[i]];
        }

        return With(name ?? Name, chosenPixels, chosenLabels);
    }

    private ImageSet With(string name, byte[] newPixels, byte[] newLabels) => new(name, Channels, Height, Width, ClassNames, newPixels, newLabels);
}
