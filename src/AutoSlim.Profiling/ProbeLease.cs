using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>The right to answer one probe. A probe that is given out again gets a higher fence, and what comes in under the old one is not taken.</summary>
/// <param name="ProbeId">64 lower-case hex digits: the same for the same question of the same work.</param>
/// <param name="Fence">1 for the first who is asked.</param>
[MessagePackObject]
public sealed record ProbeLease(
    [property: Key(0)] string ProbeId,
    [property: Key(1)] long Fence)
{
    /// <summary>What is wrong with a lease that came over the wire, or null.</summary>
    public string? Problem()
    {
        if (!ContentHash.IsWellFormed(ProbeId)) return $"probe '{ProbeId}' is not 64 lower-case hex digits";
        return Fence < 1 ? $"fence {Fence}, expected at least 1" : null;
    }
}
