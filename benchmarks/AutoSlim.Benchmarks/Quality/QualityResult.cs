namespace AutoSlim.Benchmarks.Quality;

/// <summary>One comparison: a line of quality.jsonl.</summary>
/// <param name="Settings">That made it.</param>
/// <param name="Dataset">cifar10 or fashion-mnist.</param>
/// <param name="Network">As the catalogue names it.</param>
/// <param name="Seed">Of weights, orders and the held-out images.</param>
/// <param name="Budget">Such as <c>middle macs</c>.</param>
/// <param name="From">scratch, or supernet: where both networks' weights began.</param>
/// <param name="Autoslim">Top-1 on the test split, 0 to 1; so is the next.</param>
/// <param name="Uniform">Of the uniform network.</param>
/// <param name="AutoslimCost">Multiply-adds, or measured milliseconds.</param>
/// <param name="UniformCost">The budget.</param>
internal sealed record QualityResult(
    QualitySettings Settings, string Dataset, string Network, ulong Seed, string Budget, string From, double Autoslim, double Uniform, double AutoslimCost, double UniformCost)
{
    public const string Scratch = "scratch";

    public const string Supernet = "supernet";

    public double Difference => Autoslim - Uniform;

    public double CostRatio => AutoslimCost / UniformCost;

    public bool IsOf(Combination combination) => Dataset == combination.Dataset.Name && Network == combination.Network && Seed == combination.Seed;
}
