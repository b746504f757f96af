namespace AutoSlim.Training.Data;

/// <summary>Mean and standard deviation per channel, of pixels scaled to 0..1; measured on training images, applied to all.</summary>
public sealed record Normalization(IReadOnlyList<float> Mean, IReadOnlyList<float> StandardDeviation)
{
    private const float Brightest = PixelHistograms.Levels - 1;

    /// <summary>A constant channel is given this deviation, so that it does not divide by zero.</summary>
    private const double SmallestDeviation = 1 / 255.0;

    /// <summary>Of every image that can be read, as it is shown where nothing is random.</summary>
    /// <exception cref="DataException">None can be read.</exception>
    public static Normalization Of(ImageSource training)
    {
        ArgumentOutOfRangeException.ThrowIfZero(training.Count);
        var histograms = PixelHistograms.Of(training);
        var channels = histograms.Select(MeanAndDeviation).ToList();
        return new([.. channels.Select(it => (float)it.Mean)], [.. channels.Select(it => (float)it.Deviation)]);
    }

    /// <summary>What every pixel value of a channel becomes.</summary>
    /// <param name="channel">From 0.</param>
    /// <param name="brighter">Added first, to values of 0 to 1.</param>
    internal float[] Table(int channel, float brighter = 0) =>
        [.. Enumerable.Range(0, PixelHistograms.Levels).Select(value => (value / Brightest + brighter - Mean[channel]) / StandardDeviation[channel])];

    private static (double Mean, double Deviation) MeanAndDeviation(long[] histogram)
    {
        double count = histogram.Sum();
        var mean = histogram.Index().Sum(level => level.Item * level.Index / (double)Brightest) / count;
        var variance = histogram.Index().Sum(level => level.Item * Math.Pow(level.Index / (double)Brightest - mean, 2)) / count;
        return (mean, Math.Max(Math.Sqrt(variance), SmallestDeviation));
    }
}
