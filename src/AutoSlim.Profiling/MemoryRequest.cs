using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>Asks an agent what memory one model takes while it runs.</summary>
/// <param name="Entry">What the model stands for: the key in the cost table.</param>
/// <param name="ModelSha256">The ONNX file's hash, by which the agent fetches and checks it.</param>
/// <param name="Runs">Over which the peak is taken, 1 to 1,000.</param>
/// <param name="TimeLimitMilliseconds">For loading and all runs together, 1 to 600,000.</param>
[MessagePackObject]
public sealed record MemoryRequest(
    [property: Key(0)] string Entry,
    [property: Key(1)] string ModelSha256,
    [property: Key(2)] int Runs,
    [property: Key(3)] double TimeLimitMilliseconds)
{
    private const int MaximumRuns = 1000;
    private const double MaximumTimeLimitMilliseconds = 600_000;

    /// <summary>What is wrong with a request that came over the wire, or null.</summary>
    public string? Problem()
    {
        if (string.IsNullOrWhiteSpace(Entry)) return "the entry has no name";
        if (!ContentHash.IsWellFormed(ModelSha256)) return $"model hash '{ModelSha256}' is not 64 lower-case hex digits";
        if (Runs is < 1 or > MaximumRuns) return $"{Runs} runs, expected 1 to {MaximumRuns}";
        return TimeLimitMilliseconds is >= 1 and <= MaximumTimeLimitMilliseconds
            ? null
            : FormattableString.Invariant($"the time limit is {TimeLimitMilliseconds} ms, expected 1 to {MaximumTimeLimitMilliseconds}");
    }
}
