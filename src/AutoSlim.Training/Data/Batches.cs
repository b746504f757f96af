namespace AutoSlim.Training.Data;

/// <summary>Cuts images into normalised batches, which are made ready while those before them are used. Orders and augmentations follow from seed and epoch alone, so a run can be resumed at any epoch.</summary>
public sealed class Batches
{
    private readonly ImageSource images;
    private readonly int batchSize;
    private readonly BatchAssembly assembly;

    /// <exception cref="ArgumentException">A batch size below 1, or a normalization for another number of channels.</exception>
    /// <exception cref="DataException">A batch has more numbers than one array takes.</exception>
    public Batches(ImageSource images, Normalization normalization, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (normalization.Mean.Count != images.Channels)
            throw new ArgumentException($"the normalization has {normalization.Mean.Count} channels, the images have {images.Channels}", nameof(normalization));
        RequireOneArray(images, batchSize);
        (this.images, this.batchSize) = (images, batchSize);
        assembly = new(images, normalization);
    }

    /// <exception cref="DataException">A batch has more numbers than one array takes.</exception>
    public static void RequireOneArray(ImageSource images, int batchSize)
    {
        var most = Array.MaxLength / images.BytesPerImage;
        if (Math.Min(batchSize, images.Count) > most)
            throw new DataException($"a batch of {batchSize} images of {images.Width}x{images.Height} pixels has more numbers than one array takes; give a --batch-size of at most {most} and a larger --accumulate, or a smaller --resolution");
    }

    /// <summary>Images in a batch of <see cref="Shuffled"/>: as many as wanted, or all where there are fewer.</summary>
    public int Size => Math.Min(batchSize, images.Count);

    /// <summary>Batches of one epoch of <see cref="Shuffled"/>.</summary>
    public int PerEpoch => images.Count < batchSize ? Math.Min(images.Count, 1) : images.Count / batchSize;

    /// <summary>Every image that can be read once, unchanged, in the set's order; the last batch may be smaller, as may one with a broken image.</summary>
    public IEnumerable<ImageBatch> InOrder() =>
        LookAhead.Of(Enumerable.Range(0, images.Count).Chunk(batchSize), assembly.Plain).Where(batch => batch.Count > 0);

    /// <summary>The same in batches that differ by one image at most.</summary>
    public IEnumerable<ImageBatch> Evenly()
    {
        var count = (images.Count + batchSize - 1) / batchSize;
        return LookAhead.Of(Enumerable.Range(0, count).Select(batch => Between(batch, count)), assembly.Plain).Where(batch => batch.Count > 0);
    }

    /// <summary>
    /// One epoch in random order. Images that do not fill a last batch are left out of this epoch (a batch of one or two has no
    /// useful batch statistics), except where they are all there is. Another image of its class takes the place of a broken one.
    /// </summary>
    public IEnumerable<ImageBatch> Shuffled(ulong seed, int epoch, Augmentation augmentation)
    {
        var epochSeed = SplitMix64.For(seed, epoch).Next();
        return LookAhead.Of(Order(seed, epoch).Chunk(batchSize).Take(PerEpoch), (indices, stop) => assembly.Augmented(indices, augmentation, epochSeed, stop));
    }

    private int[] Between(int batch, int count)
    {
        var (first, end) = ((int)((long)images.Count * batch / count), (int)((long)images.Count * (batch + 1) / count));
        return [.. Enumerable.Range(first, end - first)];
    }

    /// <summary>The order of one epoch: every position of the set once.</summary>
    public int[] Order(ulong seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, images.Count)];
        SplitMix64.For(seed, epoch).Shuffle(order.AsSpan());
        return order;
    }
}
