using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>Asks an agent to time one model.</summary>
/// <param name="Entry">What the model stands for: the key in the cost table.</param>
/// <param name="ModelSha256">The ONNX file's hash, by which the agent fetches and checks it.</param>
[MessagePackObject]
public sealed record ProbeRequest(
    [property: Key(0)] string Entry,
    [property: Key(1)] string ModelSha256,
    [property: Key(2)] MeasurementPlan Plan)
{
    /// <summary>What is wrong with a request that came over the wire, or null.</summary>
    public string? Problem()
    {
        if (string.IsNullOrWhiteSpace(Entry)) return "the entry has no name";
        if (!ContentHash.IsWellFormed(ModelSha256)) return $"model hash '{ModelSha256}' is not 64 lower-case hex digits";
        if (Plan is null) return "the plan is missing";
        return Plan.Problems() is { Count: > 0 } problems ? $"the plan cannot be followed: {string.Join("; ", problems)}" : null;
    }
}
