using MathNet.Numerics.LinearAlgebra;

namespace AutoSlim.Costs;

/// <summary>
/// The coefficients of a <see cref="LatencyCalibration"/>, none negative. There are only two terms that can vanish, so every choice of
/// terms is fitted and the best one without a negative coefficient taken: the exact non-negative least squares.
/// </summary>
internal sealed record LatencyFit(double Scale, double MillisecondsPerMegabyte, double ConstantMilliseconds)
{
    /// <summary>Beyond it two terms say the same of these anchors and their shares are arbitrary.</summary>
    private const double MaximumConditionNumber = 1e6;

    private const double Noise = 1e-9;

    /// <summary>Terms by index, fewest first: of equally good fits the simplest wins.</summary>
    private static readonly int[][] Choices = [[0], [0, 2], [0, 1], [0, 1, 2]];

    public static LatencyFit Of(IReadOnlyList<LatencyAnchor> anchors)
    {
        LatencyFit? best = null;
        var least = double.PositiveInfinity;
        foreach (var fit in Choices.Select(terms => Of(anchors, terms)).OfType<LatencyFit>())
        {
            var residual = Math.Sqrt(anchors.Sum(anchor => fit.RelativeError(anchor) * fit.RelativeError(anchor)));
            if (residual < least - Noise) (best, least) = (fit, residual);
        }

        return best!;
    }

    /// <summary>How far the prediction is off, as a share of the measured time.</summary>
    public double RelativeError(LatencyAnchor anchor) =>
        Math.Abs(Terms(anchor).Zip([Scale, MillisecondsPerMegabyte, ConstantMilliseconds], (term, coefficient) => term * coefficient).Sum() - 1);

    /// <summary>The fit of some terms, or null when they cannot be told apart or one comes out negative. The scale alone always fits.</summary>
    private static LatencyFit? Of(IReadOnlyList<LatencyAnchor> anchors, int[] terms)
    {
        var rows = Matrix<double>.Build.DenseOfRows(anchors.Select(anchor => terms.Select(term => Terms(anchor)[term])));
        var norms = rows.ColumnNorms(2);
        if (rows.RowCount < terms.Length || norms.Any(norm => norm == 0)) return null;
        var decomposition = rows.NormalizeColumns(2).Svd();
        if (!(decomposition.ConditionNumber <= MaximumConditionNumber)) return null;
        var coefficients = new double[3];
        foreach (var (i, value) in decomposition.Solve(Vector<double>.Build.Dense(anchors.Count, 1)).Index()) coefficients[terms[i]] = value / norms[i];
        return coefficients[0] > 0 && coefficients.All(value => value >= 0) ? new(coefficients[0], coefficients[1], coefficients[2]) : null;
    }

    /// <summary>Each term's share of the measured time per unit of its coefficient: they have to add up to 1.</summary>
    private static double[] Terms(LatencyAnchor anchor) =>
        [anchor.SumMilliseconds / anchor.MeasuredMilliseconds, anchor.WeightBytes / LatencyCalibration.BytesPerMegabyte / anchor.MeasuredMilliseconds, 1 / anchor.MeasuredMilliseconds];
}
