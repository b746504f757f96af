namespace AutoSlim.Benchmarks.Quality;

/// <summary>What one supernet is trained for.</summary>
internal sealed record Combination(Dataset Dataset, string Network, ulong Seed)
{
    public string Name => $"{Dataset.Name}-{Network}-seed{Seed}";
}
