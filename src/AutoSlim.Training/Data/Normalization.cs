namespace AutoSlim.Training.Data;

/// <summary>Mean and standard deviation per channel, of pixels scaled to 0..1; measured on training images, applied to all.</summary>
public sealed record Normalization(IReadOnlyList<float> Mean, IReadOnlyList<float> StandardDeviation)
{
    private const int Levels = 256;
    private const float Brightest = Levels - 1;

    /// <summary>A constant channel is given this deviation, so that it does not divide by zero.</summary>
    private const double SmallestDeviation = 1 / 255.0;

    public static Normalization Of(ImageSet training)
    {
        ArgumentOutOfRangeException.ThrowIfZero(training.Count);
        var channels = Enumerable.Range(0, training.Channels).Select(channel => MeanAndDeviation(Histogram(training, channel))).ToList();
        return new([.. channels.Select(it => (float)it.Mean)], [.. channels.Select(it => (float)it.Deviation)]);
    }

    /// <summary>What every pixel value of a channel becomes.</summary>
    internal float[] Table(int channel) =>
        [.. Enumerable.Range(0, Levels).Select(value => (value / Brightest - Mean[channel]) / StandardDeviation[channel])];

    private static long[] Histogram(ImageSet images, int channel)
    {
        var histogram = new long[Levels];
        var area = images.Height * images.Width;
        for (var i = 0; i < images.Count; i++)
            foreach (var value in images.Image(i).Slice(channel * area, area))
                histogram[value]++;
        return histogram;
    }

    private static (double Mean, double Deviation) MeanAndDeviation(long[] histogram)
    {
        double count = histogram.Sum();
        var mean = histogram.Index().Sum(level => level.Item * level.Index / (double)Brightest) / count;
        var variance = histogram.Index().Sum(level => level.Item * Math.Pow(level.Index / (double)Brightest - mean, 2)) / count;
        return (mean, Math.Max(Math.Sqrt(variance), SmallestDeviation));
    }
}
