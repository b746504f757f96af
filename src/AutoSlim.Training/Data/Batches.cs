namespace AutoSlim.Training.Data;

/// <summary>Cuts an image set into normalised batches. Orders and augmentations follow from seed and epoch alone, so a run can be resumed at any epoch.</summary>
public sealed class Batches
{
    private readonly ImageSet images;
    private readonly int batchSize;
    private readonly float[][] tables;

    /// <exception cref="ArgumentException">A batch size below 1, or a normalization for another number of channels.</exception>
    public Batches(ImageSet images, Normalization normalization, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (normalization.Mean.Count != images.Channels)
            throw new ArgumentException($"the normalization has {normalization.Mean.Count} channels, the images have {images.Channels}", nameof(normalization));
        (this.images, this.batchSize) = (images, batchSize);
        tables = [.. Enumerable.Range(0, images.Channels).Select(normalization.Table)];
    }

    /// <summary>Batches of one epoch of <see cref="Shuffled"/>.</summary>
    public int PerEpoch => images.Count < batchSize ? Math.Min(images.Count, 1) : images.Count / batchSize;

    /// <summary>Every image once, unchanged, in the set's order; the last batch may be smaller.</summary>
    public IEnumerable<ImageBatch> InOrder() =>
        Enumerable.Range(0, images.Count).Chunk(batchSize).Select(indices => Assemble(indices, Augmentation.None, 0));

    /// <summary>
    /// One epoch in random order. Images that do not fill a last batch are left out of this epoch (a batch of one or two has no
    /// useful batch statistics), except where they are all there is.
    /// </summary>
    public IEnumerable<ImageBatch> Shuffled(ulong seed, int epoch, Augmentation augmentation)
    {
        var epochSeed = SplitMix64.For(seed, epoch).Next();
        return Order(seed, epoch).Chunk(batchSize).Take(PerEpoch).Select(indices => Assemble(indices, augmentation, epochSeed));
    }

    /// <summary>The order of one epoch: every position of the set once.</summary>
    public int[] Order(ulong seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, images.Count)];
        SplitMix64.For(seed, epoch).Shuffle(order.AsSpan());
        return order;
    }

    private ImageBatch Assemble(int[] indices, Augmentation augmentation, ulong seed)
    {
        var (pixels, labels) = (new float[indices.Length * images.BytesPerImage], new long[indices.Length]);
        for (var i = 0; i < indices.Length; i++)
        {
            var random = SplitMix64.For(seed, indices[i]);
            Lay(images.Image(indices[i]), augmentation.Draw(ref random), pixels.AsSpan(i * images.BytesPerImage, images.BytesPerImage));
            labels[i] = images.Labels[indices[i]];
        }

        return new(pixels, labels);
    }

    private void Lay(ReadOnlySpan<byte> image, Placement placement, Span<float> target)
    {
        var area = images.Height * images.Width;
        for (var channel = 0; channel < images.Channels; channel++)
            placement.Copy(image.Slice(channel * area, area), target.Slice(channel * area, area), images.Width, tables[channel]);
    }
}
