using MathNet.Numerics.LinearAlgebra;

namespace AutoSlim.Costs;

/// <summary>
/// The coefficients of a <see cref="LatencyCalibration"/>, none but the constant negative: a network never gets quicker by having more
/// of something. There are only five terms, so every choice of them is fitted and the best one taken: the exact least squares.
/// </summary>
/// <param name="Coefficients">Of operators, weights, multiply-adds, activations and 1.</param>
internal sealed record LatencyFit(IReadOnlyList<double> Coefficients)
{
    /// <summary>Beyond it two terms say the same of these anchors and their shares are arbitrary.</summary>
    private const double MaximumConditionNumber = 1e6;

    private const double Noise = 1e-9;
    private const int TermCount = 5;
    private const int Constant = 4;

    /// <summary>Terms by index, fewest first: of equally good fits the simplest wins. A constant alone would price all networks alike.</summary>
    private static readonly int[][] Choices =
    [
        .. Enumerable.Range(1, (1 << TermCount) - 1)
            .Select(choice => Enumerable.Range(0, TermCount).Where(term => (choice >> term & 1) == 1).ToArray())
            .Where(terms => terms[0] != Constant)
            .OrderBy(terms => terms.Length),
    ];

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
    public double RelativeError(LatencyAnchor anchor) => Math.Abs(Terms(anchor).Zip(Coefficients, (term, coefficient) => term * coefficient).Sum() - 1);

    /// <summary>The fit of some terms, or null when they cannot be told apart or one comes out negative. The operators alone always fit.</summary>
    private static LatencyFit? Of(IReadOnlyList<LatencyAnchor> anchors, int[] terms)
    {
        var rows = Matrix<double>.Build.DenseOfRows(anchors.Select(anchor => terms.Select(term => Terms(anchor)[term])));
        var norms = rows.ColumnNorms(2);
        if (rows.RowCount < terms.Length || norms.Any(norm => norm == 0)) return null;
        var decomposition = rows.NormalizeColumns(2).Svd();
        if (!(decomposition.ConditionNumber <= MaximumConditionNumber)) return null;
        var coefficients = new double[TermCount];
        foreach (var (i, value) in decomposition.Solve(Vector<double>.Build.Dense(anchors.Count, 1)).Index()) coefficients[terms[i]] = value / norms[i];
        return coefficients.Take(Constant).All(value => value >= 0) ? new(coefficients) : null;
    }

    /// <summary>Each term's share of the measured time per unit of its coefficient: they have to add up to 1.</summary>
    private static double[] Terms(LatencyAnchor anchor) =>
        [.. new[] { anchor.Terms.OperatorMilliseconds, anchor.Terms.WeightMegabytes, anchor.Terms.MillionMultiplyAdds, anchor.Terms.ActivationMegabytes, 1 }.Select(term => term / anchor.MeasuredMilliseconds)];
}
