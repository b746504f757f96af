namespace AutoSlim.Training.Data;

/// <summary>How often each value occurs in each channel. Counts do not depend on which thread counted what.</summary>
internal static class PixelHistograms
{
    public const int Levels = 256;

    /// <returns>One histogram for each channel.</returns>
    /// <exception cref="DataException">No image can be read.</exception>
    public static IReadOnlyList<long[]> Of(ImageSource images)
    {
        var (total, broken) = (Empty(images), new BrokenImage?[images.Count]);
        AllCores.For(images.Count, () => Empty(images), (index, counts) => Add(images, index, counts, broken), counts => AddTo(total, counts));
        foreach (var image in broken.OfType<BrokenImage>()) images.Report(image);
        return broken.All(image => image is not null) ? throw new DataException($"none of {images.Count} {images.Name} images can be read") : total;
    }

    private static long[][] Empty(ImageSource images) => [.. Enumerable.Range(0, images.Channels).Select(_ => new long[Levels])];

    private static long[][] Add(ImageSource images, int index, long[][] counts, BrokenImage?[] broken)
    {
        var (pixels, area) = (new byte[images.BytesPerImage], images.Height * images.Width);
        var random = new SplitMix64(0);
        broken[index] = images.Read(index, crop: null, ref random, pixels);
        if (broken[index] is not null) return counts;
        for (var channel = 0; channel < counts.Length; channel++)
            foreach (var value in pixels.AsSpan(channel * area, area))
                counts[channel][value]++;
        return counts;
    }

    private static void AddTo(long[][] total, long[][] counts)
    {
        lock (total)
        {
            for (var channel = 0; channel < total.Length; channel++)
                for (var level = 0; level < Levels; level++)
                    total[channel][level] += counts[channel][level];
        }
    }
}
