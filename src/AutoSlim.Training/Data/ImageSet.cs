namespace AutoSlim.Training.Data;

/// <summary>Images in memory, one byte per channel and pixel.</summary>
public sealed class ImageSet : ImageSource
{
    private readonly byte[] pixels;

    /// <param name="name">What reports call it.</param>
    /// <param name="channels">1 for grey, 3 for colour.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="classNames">One name per class, in label order.</param>
    /// <param name="pixels">Image by image, channel by channel, row by row.</param>
    /// <param name="labels">One per image, each below the number of classes.</param>
    /// <exception cref="ArgumentException">A size below 1, lengths that do not fit together, or a label without a class.</exception>
    public ImageSet(string name, int channels, int height, int width, IReadOnlyList<string> classNames, byte[] pixels, int[] labels)
        : base(name, channels, height, width, classNames, labels)
    {
        if (pixels.LongLength != (long)labels.Length * BytesPerImage)
            throw new ArgumentException($"{labels.Length} labels need {(long)labels.Length * BytesPerImage} bytes of pixels, there are {pixels.Length}", nameof(pixels));
        this.pixels = pixels;
    }

    public override AugmentationKind UsualAugmentation => AugmentationKind.Shift;

    /// <summary>All pixels: images x channels x height x width.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>The pixels of one image: channels x height x width.</summary>
    public ReadOnlySpan<byte> Image(int index) => pixels.AsSpan(index * BytesPerImage, BytesPerImage);

    /// <inheritdoc cref="ImageSource.Take"/>
    public new ImageSet Take(int count) => (ImageSet)base.Take(count);

    public override ImageSet Subset(IReadOnlyList<int> indices, string? name = null)
    {
        var chosen = new byte[indices.Count * BytesPerImage];
        for (var i = 0; i < indices.Count; i++) Image(indices[i]).CopyTo(chosen.AsSpan(i * BytesPerImage));
        return With(name ?? Name, chosen, LabelsAt(indices));
    }

    public override ImageSet NormalizationSample(ulong seed) => this;

    /// <exception cref="ArgumentException">With a crop: the images are no larger than what is shown of them.</exception>
    internal override BrokenImage? Read(int index, RandomCrop? crop, ref SplitMix64 random, Span<byte> pixels)
    {
        if (crop is not null) throw new ArgumentException("images in memory are shown whole; random resized crops are for files", nameof(crop));
        Image(index).CopyTo(pixels);
        return null;
    }

    internal override void Report(BrokenImage broken) => throw new InvalidOperationException("an image in memory cannot be broken");

    private ImageSet With(string name, byte[] newPixels, int[] newLabels) => new(name, Channels, Height, Width, ClassNames, newPixels, newLabels);
}
