using System.Buffers;
using System.Numerics;

namespace AutoSlim.Training.Normalisation;

/// <summary>Two sums for each channel over all rows: in 32 bits over a few hundred rows, these in 64, part by part.</summary>
internal sealed unsafe class ChannelSums
{
    private const int RowsIn32Bits = 256;

    private ChannelSums(int channels) => (First, Second) = (new double[channels], new double[channels]);

    public double[] First { get; }

    public double[] Second { get; }

    /// <summary>Adds rows to a pair of sums.</summary>
    /// <param name="from">First row.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="first">As many as there are channels.</param>
    /// <param name="second">As many again.</param>
    public delegate void Add(int from, int to, float* first, float* second);

    public static ChannelSums Over(int rows, int channels, Add add)
    {
        var sums = new ChannelSums(channels);
        var (parts, size) = (RowParts.Count(rows), 2 * channels);
        var ofParts = ArrayPool<double>.Shared.Rent(parts * size);
        ofParts.AsSpan(0, parts * size).Clear();
        RowParts.Run(rows, (part, from, to) => AddPart(from, to, channels, ofParts, part * size, add));
        for (var part = 0; part < parts; part++)
            for (var channel = 0; channel < channels; channel++)
            {
                sums.First[channel] += ofParts[part * size + channel];
                sums.Second[channel] += ofParts[part * size + channels + channel];
            }

        ArrayPool<double>.Shared.Return(ofParts);
        return sums;
    }

    private static void AddPart(int from, int to, int channels, double[] ofParts, int offset, Add add)
    {
        var few = ArrayPool<float>.Shared.Rent(2 * channels);
        fixed (float* first = few)
        fixed (double* all = &ofParts[offset])
            for (var row = from; row < to; row += RowsIn32Bits)
            {
                new Span<float>(first, 2 * channels).Clear();
                add(row, Math.Min(to, row + RowsIn32Bits), first, first + channels);
                Widen(first, all, 2 * channels);
            }

        ArrayPool<float>.Shared.Return(few);
    }

    private static void Widen(float* few, double* all, int count)
    {
        for (var i = 0; i < count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(few + i), out var low, out var high);
            Vector.Store(Vector.Load(all + i) + low, all + i);
            Vector.Store(Vector.Load(all + i + Vector<double>.Count) + high, all + i + Vector<double>.Count);
        }
    }
}
