using System.Numerics;

namespace AutoSlim.Training.Normalisation;

/// <summary>Mean and standard deviation of every channel over a batch, the deviation as its inverse and with batch norm's epsilon.</summary>
internal sealed unsafe class BatchMoments
{
    private const int Samples = 16;

    private BatchMoments(int channels) => (Mean, InverseDeviation) = (new float[channels], new float[channels]);

    public float[] Mean { get; }

    public float[] InverseDeviation { get; }

    /// <summary>Squares are of the distance from a sample's mean: those of the numbers themselves cancel out where the mean is large.</summary>
    public static BatchMoments Of(ChannelRows rows, double epsilon)
    {
        var (moments, origin) = (new BatchMoments(rows.Channels), Origin(rows));
        var sums = ChannelSums.Over(rows.Count, rows.Channels, (from, to, first, second) => Add(rows, origin, from, to, first, second));
        for (var channel = 0; channel < rows.Channels; channel++)
        {
            var mean = sums.First[channel] / rows.Count;
            var variance = Math.Max(0, sums.Second[channel] / rows.Count - mean * mean);
            moments.Mean[channel] = (float)(origin[channel] + mean);
            moments.InverseDeviation[channel] = (float)(1 / Math.Sqrt(variance + epsilon));
        }

        return moments;
    }

    /// <summary>Near the mean: that of a few rows from all over the batch.</summary>
    private static float[] Origin(ChannelRows rows)
    {
        var origin = new float[rows.Channels];
        var count = Math.Min(Samples, rows.Count);
        fixed (float* sum = origin)
            for (var sample = 0; sample < count; sample++)
            {
                var row = rows.Row((int)((long)rows.Count * sample / count));
                for (var i = 0; i < rows.Channels; i += Vector<float>.Count) Vector.Store(Vector.Load(sum + i) + Vector.Load(row + i) / count, sum + i);
            }

        return origin;
    }

    private static void Add(ChannelRows rows, float[] origin, int from, int to, float* sum, float* squares)
    {
        fixed (float* middle = origin)
        {
            var row = from;
            for (; row + 4 <= to; row += 4) AddFour(rows.Row(row), rows.Channels, middle, sum, squares);
            for (; row < to; row++) AddOne(rows.Row(row), rows.Channels, middle, sum, squares);
        }
    }

    private static void AddOne(float* row, int channels, float* middle, float* sum, float* squares)
    {
        for (var i = 0; i < channels; i += Vector<float>.Count)
        {
            var away = Vector.Load(row + i) - Vector.Load(middle + i);
            Vector.Store(Vector.Load(sum + i) + away, sum + i);
            Vector.Store(Vector.FusedMultiplyAdd(away, away, Vector.Load(squares + i)), squares + i);
        }
    }

    /// <summary>Four at a time read and write the sums a quarter as often.</summary>
    private static void AddFour(float* row, int channels, float* middle, float* sum, float* squares)
    {
        for (var i = 0; i < channels; i += Vector<float>.Count)
        {
            var origin = Vector.Load(middle + i);
            var (one, two) = (Vector.Load(row + i) - origin, Vector.Load(row + channels + i) - origin);
            var (three, four) = (Vector.Load(row + 2 * channels + i) - origin, Vector.Load(row + 3 * channels + i) - origin);
            Vector.Store(Vector.Load(sum + i) + (one + two + (three + four)), sum + i);
            var square = Vector.FusedMultiplyAdd(two, two, one * one) + Vector.FusedMultiplyAdd(four, four, three * three);
            Vector.Store(Vector.Load(squares + i) + square, squares + i);
        }
    }
}
