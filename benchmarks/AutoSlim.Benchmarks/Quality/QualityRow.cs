using MathNet.Numerics.Statistics;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>One comparison over its seeds. Accuracies and differences are means, 0 to 1.</summary>
/// <param name="Dataset">cifar10 or fashion-mnist.</param>
/// <param name="Network">As the catalogue names it.</param>
/// <param name="Budget">Such as <c>middle macs</c>.</param>
/// <param name="From">scratch or supernet.</param>
/// <param name="Autoslim">Top-1 on the test split.</param>
/// <param name="Uniform">Of the uniform network of equal cost.</param>
/// <param name="Difference">AutoSlim's lead.</param>
/// <param name="Spread">Its standard deviation over the seeds; null for one seed.</param>
/// <param name="Seeds">How many.</param>
/// <param name="CostRatio">AutoSlim's cost over the uniform network's: mean.</param>
/// <param name="LargestCostRatio">Of any seed.</param>
internal sealed record QualityRow(
    string Dataset, string Network, string Budget, string From,
    double Autoslim, double Uniform, double Difference, double? Spread, int Seeds, double CostRatio, double LargestCostRatio)
{
    public static IReadOnlyList<QualityRow> Of(IEnumerable<QualityResult> results) =>
        [.. results.GroupBy(result => (result.Dataset, result.Network, result.Budget, result.From)).Select(seeds => new QualityRow(
            seeds.Key.Dataset, seeds.Key.Network, seeds.Key.Budget, seeds.Key.From,
            seeds.Average(result => result.Autoslim),
            seeds.Average(result => result.Uniform),
            seeds.Average(result => result.Difference),
            seeds.Count() > 1 ? seeds.Select(result => result.Difference).StandardDeviation() : null,
            seeds.Count(),
            seeds.Average(result => result.CostRatio),
            seeds.Max(result => result.CostRatio)))];
}
