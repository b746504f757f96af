using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>How a device fares now.</summary>
/// <param name="Holding">What it measures or has yet to deliver.</param>
/// <param name="Conditions">Of the device.</param>
[MessagePackObject]
public sealed record Heartbeat(
    [property: Key(0)] IReadOnlyList<ProbeLease> Holding,
    [property: Key(1)] DeviceConditions Conditions)
{
    /// <summary>More than an agent can hold between two connections.</summary>
    internal const int MaximumLeases = 1024;

    /// <summary>What is wrong with a heartbeat that came over the wire, or null.</summary>
    public string? Problem() => LeasesProblem(Holding) ?? (Conditions is null ? "the conditions are missing" : Conditions.Problem());

    internal static string? LeasesProblem(IReadOnlyList<ProbeLease>? leases)
    {
        if (leases is null) return "the list of leases is missing";
        if (leases.Count > MaximumLeases) return $"{leases.Count} leases, expected at most {MaximumLeases}";
        return leases.Select(lease => lease is null ? "a lease is missing" : lease.Problem()).FirstOrDefault(problem => problem is not null);
    }
}
