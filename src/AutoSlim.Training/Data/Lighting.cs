using MathNet.Numerics.Distributions;

namespace AutoSlim.Training.Data;

/// <summary>Random light: a colour is added along the directions in which the colours of natural images vary (Krizhevsky et al. 2012, section 4.1).</summary>
/// <param name="StandardDeviation">Of the normal factors of the three directions.</param>
internal sealed record Lighting(double StandardDeviation)
{
    private static readonly double[] Variances = [0.2175, 0.0188, 0.0045];

    /// <summary>One row per colour, one column per direction; of ImageNet.</summary>
    private static readonly double[,] Directions =
    {
        { -0.5675, 0.7192, 0.4009 },
        { -0.5808, -0.0045, -0.8140 },
        { -0.5836, -0.6948, 0.4203 },
    };

    public static Lighting ImageNet { get; } = new(0.1);

    /// <summary>What is added to red, green and blue, which range from 0 to 1.</summary>
    public float[] Draw(ref SplitMix64 random)
    {
        var added = new float[3];
        for (var direction = 0; direction < Variances.Length; direction++)
        {
            var factor = Normal.InvCDF(0, StandardDeviation, Inside(random.Unit()));
            for (var colour = 0; colour < added.Length; colour++) added[colour] += (float)(Directions[colour, direction] * factor * Variances[direction]);
        }

        return added;
    }

    /// <summary>The normal quantile of 0 is no number.</summary>
    private static double Inside(double unit) => Math.Max(unit, 1e-16);
}
