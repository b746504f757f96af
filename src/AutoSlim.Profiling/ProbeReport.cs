using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>What an agent measured under a lease: one of the two results.</summary>
[MessagePackObject]
public sealed record ProbeReport(
    [property: Key(0)] ProbeLease Lease,
    [property: Key(1)] ProbeResult? Latency,
    [property: Key(2)] MemoryResult? Memory)
{
    /// <summary>What is wrong with the form of a report that came over the wire, or null; whether the result fits the question is for who asked it.</summary>
    public string? Problem()
    {
        if (Lease is null) return "the lease is missing";
        return Lease.Problem() ?? (Latency is not null && Memory is not null ? "a latency and a memory at once" : null);
    }
}
