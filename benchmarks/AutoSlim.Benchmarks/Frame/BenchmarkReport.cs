using Spectre.Console;

namespace AutoSlim.Benchmarks.Frame;

/// <summary>What a benchmark found.</summary>
/// <param name="Figures">A record; its properties become those of the JSON object.</param>
/// <param name="Tables">The same to read.</param>
internal sealed record BenchmarkReport(object Figures, params IReadOnlyList<Table> Tables)
{
    /// <summary>What the baseline ran on, such as <c>torch 1.13.1, OpenBLAS</c>; null without one.</summary>
    public string? Baseline { get; init; }
}
