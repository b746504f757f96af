using MathNet.Numerics.Statistics;

namespace AutoSlim.Benchmarks.Rules;

/// <summary>Both rules at one budget: loss on images that no search saw, nats, without retraining.</summary>
/// <param name="Dataset">Its name.</param>
/// <param name="Share">Of the widest network's multiply-adds.</param>
/// <param name="Paper">Mean over the draws, least score loss first.</param>
/// <param name="Ratio">Mean over the draws, least loss per cost saved first.</param>
/// <param name="Difference">Ratio less paper: below 0 where ratio is better.</param>
/// <param name="Spread">Standard deviation of the difference over the draws; null for one draw.</param>
internal sealed record RuleRow(string Dataset, double Share, double Paper, double Ratio, double Difference, double? Spread)
{
    public static RuleRow Of(string dataset, double share, IReadOnlyList<double> paper, IReadOnlyList<double> ratio)
    {
        var differences = ratio.Zip(paper, (one, other) => one - other).ToList();
        return new(dataset, share, paper.Mean(), ratio.Mean(), differences.Mean(), differences.Count > 1 ? differences.StandardDeviation() : null);
    }
}
