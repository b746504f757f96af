using System.Buffers;

namespace AutoSlim.Training.Data;

/// <summary>Lays images into batches, on all cores. What an image becomes follows from the seed and its position alone.</summary>
internal sealed class BatchAssembly(ImageSource images, Normalization normalization)
{
    private const ulong ReplacementStream = 0x5eed_0003;

    private readonly float[][] tables = [.. Enumerable.Range(0, images.Channels).Select(channel => normalization.Table(channel))];

    /// <summary>The images as they are; those that cannot be read are left out.</summary>
    public ImageBatch Plain(int[] indices, CancellationToken cancellation)
    {
        var (pixels, broken) = LayAll(indices, Augmentation.None, 0, cancellation);
        foreach (var image in broken.OfType<BrokenImage>()) images.Report(image);
        return broken.All(image => image is null) ? new(pixels, LabelsOf(indices)) : Readable(indices, pixels, broken);
    }

    /// <summary>Another image of its class, drawn from the seed, takes the place of one that cannot be read.</summary>
    /// <exception cref="DataException">A class has no image that can be read.</exception>
    public ImageBatch Augmented(int[] indices, Augmentation augmentation, ulong seed, CancellationToken cancellation)
    {
        var (pixels, broken) = LayAll(indices, augmentation, seed, cancellation);
        foreach (var (position, image) in broken.Index())
        {
            if (image is null) continue;
            images.Report(image);
            Replace(indices[position], augmentation, seed, Part(pixels, position));
        }

        return new(pixels, LabelsOf(indices));
    }

    private (float[] Pixels, BrokenImage?[] Broken) LayAll(int[] indices, Augmentation augmentation, ulong seed, CancellationToken cancellation)
    {
        var (pixels, broken) = (new float[checked(indices.Length * images.BytesPerImage)], new BrokenImage?[indices.Length]);
        AllCores.For(indices.Length, position => broken[position] = Lay(indices[position], augmentation, SplitMix64.For(seed, indices[position]), Part(pixels, position)), cancellation);
        return (pixels, broken);
    }

    private BrokenImage? Lay(int index, Augmentation augmentation, SplitMix64 random, Span<float> target)
    {
        var rented = ArrayPool<byte>.Shared.Rent(images.BytesPerImage);
        try
        {
            var image = rented.AsSpan(0, images.BytesPerImage);
            if (images.Read(index, augmentation.Crop, ref random, image) is { } broken) return broken;
            var placement = augmentation.Draw(ref random);
            augmentation.Colour?.Apply(image, ref random);
            Place(image, placement, augmentation.Light is { } light ? Lit(light.Draw(ref random)) : tables, target);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private float[][] Lit(float[] added) => [.. added.Select((brighter, channel) => normalization.Table(channel, brighter))];

    private void Place(ReadOnlySpan<byte> image, Placement placement, float[][] translations, Span<float> target)
    {
        var area = images.Height * images.Width;
        for (var channel = 0; channel < images.Channels; channel++)
            placement.Copy(image.Slice(channel * area, area), target.Slice(channel * area, area), images.Width, translations[channel]);
    }

    private void Replace(int index, Augmentation augmentation, ulong seed, Span<float> target)
    {
        var label = images.Labels[index];
        var others = images.OfClass(label);
        SplitMix64.For(seed ^ ReplacementStream, index).Shuffle(others.AsSpan());
        foreach (var other in others.Where(other => other != index))
        {
            if (Lay(other, augmentation, SplitMix64.For(seed, index), target) is not { } broken) return;
            images.Report(broken);
        }

        throw new DataException($"class '{images.ClassNames[label]}' has no {images.Name} image that can be read; repair one");
    }

    private ImageBatch Readable(int[] indices, float[] pixels, BrokenImage?[] broken)
    {
        int[] kept = [.. Enumerable.Range(0, indices.Length).Where(position => broken[position] is null)];
        return new([.. kept.SelectMany(position => Part(pixels, position).ToArray())], LabelsOf([.. kept.Select(position => indices[position])]));
    }

    private Span<float> Part(float[] pixels, int position) => pixels.AsSpan(position * images.BytesPerImage, images.BytesPerImage);

    private long[] LabelsOf(int[] indices) => [.. indices.Select(index => (long)images.Labels[index])];
}
