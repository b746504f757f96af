using System.Numerics;

namespace AutoSlim.Training.Normalisation;

/// <summary>The way back through batch norm over a batch and its activation.</summary>
/// <param name="values">What was normalised.</param>
/// <param name="gradients">Behind the activation, of the same size.</param>
/// <param name="moments">Of the values.</param>
/// <param name="scale">What was done to them, the activation included.</param>
internal sealed unsafe class NormalisationGradient(ChannelRows values, ChannelRows gradients, BatchMoments moments, ChannelScale scale)
{
    private readonly int channels = values.Channels;

    /// <summary>Writes the gradients of the values, of gamma and of beta.</summary>
    public void Write(ChannelRows ofValues, float* ofGamma, float* ofBeta)
    {
        var sums = ChannelSums.Over(values.Count, channels, Add);
        var (slope, level) = (new float[channels], new float[channels]);
        for (var channel = 0; channel < channels; channel++)
        {
            double inverse = moments.InverseDeviation[channel];
            ofBeta[channel] = (float)sums.First[channel];
            ofGamma[channel] = (float)(sums.Second[channel] * inverse);
            var gradual = -scale.Factor[channel] * inverse * inverse * sums.Second[channel] / values.Count;
            slope[channel] = (float)gradual;
            level[channel] = (float)(-scale.Factor[channel] * sums.First[channel] / values.Count - gradual * moments.Mean[channel]);
        }

        RowParts.Run(values.Count, (_, from, to) => WriteRows(ofValues, slope, level, from, to));
    }

    /// <summary>Sums of the gradients before the activation, and of these times the distance from the mean.</summary>
    private void Add(int from, int to, float* sum, float* product)
    {
        var (low, high) = (new Vector<float>(scale.Clamp.Low), new Vector<float>(scale.Clamp.High));
        fixed (float* factor = scale.Factor, summand = scale.Summand, mean = moments.Mean)
        {
            var row = from;
            for (; row + 2 <= to; row += 2) AddTwo(values.Row(row), gradients.Row(row), factor, summand, mean, sum, product, low, high);
            if (row == to) return;
            var value = values.Row(row);
            var gradient = gradients.Row(row);
            for (var i = 0; i < channels; i += Vector<float>.Count)
            {
                var here = Vector.Load(value + i);
                var before = ChannelScale.Before(Vector.Load(gradient + i), here, Vector.Load(factor + i), Vector.Load(summand + i), low, high);
                Vector.Store(Vector.Load(sum + i) + before, sum + i);
                Vector.Store(Vector.FusedMultiplyAdd(before, here - Vector.Load(mean + i), Vector.Load(product + i)), product + i);
            }
        }
    }

    private void AddTwo(
        float* value, float* gradient, float* factor, float* summand, float* mean, float* sum, float* product, Vector<float> low, Vector<float> high)
    {
        for (var i = 0; i < channels; i += Vector<float>.Count)
        {
            var (times, plus, middle) = (Vector.Load(factor + i), Vector.Load(summand + i), Vector.Load(mean + i));
            var (one, two) = (Vector.Load(value + i), Vector.Load(value + channels + i));
            var first = ChannelScale.Before(Vector.Load(gradient + i), one, times, plus, low, high);
            var second = ChannelScale.Before(Vector.Load(gradient + channels + i), two, times, plus, low, high);
            Vector.Store(Vector.Load(sum + i) + (first + second), sum + i);
            var products = Vector.FusedMultiplyAdd(first, one - middle, Vector.Load(product + i));
            Vector.Store(Vector.FusedMultiplyAdd(second, two - middle, products), product + i);
        }
    }

    private void WriteRows(ChannelRows ofValues, float[] slopes, float[] levels, int from, int to)
    {
        var (low, high) = (new Vector<float>(scale.Clamp.Low), new Vector<float>(scale.Clamp.High));
        fixed (float* factor = scale.Factor, summand = scale.Summand, slope = slopes, level = levels)
            for (var row = from; row < to; row++)
            {
                var value = values.Row(row);
                var gradient = gradients.Row(row);
                var written = ofValues.Row(row);
                for (var i = 0; i < channels; i += Vector<float>.Count)
                {
                    var (here, times) = (Vector.Load(value + i), Vector.Load(factor + i));
                    var before = ChannelScale.Before(Vector.Load(gradient + i), here, times, Vector.Load(summand + i), low, high);
                    var offset = Vector.FusedMultiplyAdd(here, Vector.Load(slope + i), Vector.Load(level + i));
                    Vector.Store(Vector.FusedMultiplyAdd(before, times, offset), written + i);
                }
            }
    }
}
