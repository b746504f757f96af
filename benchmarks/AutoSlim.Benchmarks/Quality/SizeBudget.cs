namespace AutoSlim.Benchmarks.Quality;

/// <summary>One of the three budgets: what the uniform network of a width multiplier costs.</summary>
internal sealed record SizeBudget(string Name, double Width)
{
    public static IReadOnlyList<SizeBudget> All { get; } = [new("large", 0.75), new("middle", 0.5), new("small", 0.25)];
}
