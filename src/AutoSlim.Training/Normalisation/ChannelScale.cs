using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoSlim.Training.Normalisation;

/// <summary>What batch norm does to a channel once its moments are known: a factor and a summand, then the activation.</summary>
internal sealed unsafe class ChannelScale
{
    public ChannelScale(BatchMoments moments, float* gamma, float* beta, Clamp clamp)
    {
        (Clamp, Factor, Summand) = (clamp, new float[moments.Mean.Length], new float[moments.Mean.Length]);
        for (var channel = 0; channel < Factor.Length; channel++)
        {
            Factor[channel] = gamma[channel] * moments.InverseDeviation[channel];
            Summand[channel] = beta[channel] - moments.Mean[channel] * Factor[channel];
        }
    }

    public Clamp Clamp { get; }

    public float[] Factor { get; }

    public float[] Summand { get; }

    /// <param name="from">What is read.</param>
    /// <param name="to">What is written; may be the same.</param>
    public void Apply(ChannelRows from, ChannelRows to) => RowParts.Run(from.Count, (_, first, end) => Apply(from, to, first, end));

    /// <summary>The gradient behind the activation taken before it: none where it has cut off.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Before(Vector<float> gradient, Vector<float> value, Vector<float> factor, Vector<float> summand, Vector<float> low, Vector<float> high)
    {
        var result = Vector.FusedMultiplyAdd(value, factor, summand);
        return gradient & Vector.AsVectorSingle(Vector.GreaterThan(result, low) & Vector.LessThan(result, high));
    }

    /// <summary>What is not a number stays so: a training that diverges is to be seen.</summary>
    private void Apply(ChannelRows from, ChannelRows to, int first, int end)
    {
        var (low, high) = (new Vector<float>(Clamp.Low), new Vector<float>(Clamp.High));
        fixed (float* factor = Factor, summand = Summand)
            for (var row = first; row < end; row++)
            {
                var value = from.Row(row);
                var written = to.Row(row);
                for (var i = 0; i < from.Channels; i += Vector<float>.Count)
                {
                    var result = Vector.FusedMultiplyAdd(Vector.Load(value + i), Vector.Load(factor + i), Vector.Load(summand + i));
                    Vector.Store(Vector.Min(Vector.Max(result, low), high), written + i);
                }
            }
    }
}
