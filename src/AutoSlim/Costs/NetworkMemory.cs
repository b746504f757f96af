using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>What memory one network took on one device: the median of several processes.</summary>
/// <param name="PeakBytes">By which the process grew while the network ran.</param>
/// <param name="LoadedBytes">That it held before, weights, runtime and the agent's own.</param>
/// <param name="Runs">In all processes together; at least 1.</param>
public sealed record NetworkMemory(long PeakBytes, long LoadedBytes, int Runs)
{
    /// <param name="results">All usable; the process with the median peak, the lower of two, stands for them.</param>
    /// <param name="runs">Of each.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static NetworkMemory Of(IReadOnlyList<MemoryResult> results, int runs)
    {
        if (results.Count == 0) throw new ArgumentException("no results: a median needs at least 1", nameof(results));
        var median = results.OrderBy(result => result.PeakBytes).ElementAt((results.Count - 1) / 2);
        return new(median.PeakBytes, median.LoadedBytes, runs * results.Count);
    }

    /// <summary>What is wrong with a memory that came from a file, or null.</summary>
    public string? Problem()
    {
        if (Runs < 1) return $"{Runs} runs, expected at least 1";
        return new MemoryResult(ProbeStatus.Ok, PeakBytes, LoadedBytes, null).Problem();
    }
}
