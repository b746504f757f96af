using AutoSlim.Profiling;

namespace AutoSlim.Host.Serving.Api;

/// <summary>A device that shall come in.</summary>
/// <param name="Name">Letters, digits, '-', '_' and '.', at most 64.</param>
/// <param name="Pool">The name of the cost table that it measures for, with others that are equal; its own name when null.</param>
/// <param name="ValidHours">How long the one-time token may be used, 0.01 to 8760.</param>
internal sealed record EnrolmentOrder(string Name, string? Pool = null, double ValidHours = 24)
{
    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<string> Problems() =>
    [
        .. AgentHello.NameProblem(Name) is string name ? [name] : Array.Empty<string>(),
        .. Pool is not null && AgentHello.NameProblem(Pool) is string pool ? [$"the pool: {pool}"] : Array.Empty<string>(),
        .. ValidHours is >= 0.01 and <= 8760 ? Array.Empty<string>() : [FormattableString.Invariant($"the token would be valid for {ValidHours} hours, expected 0.01 to 8760")],
    ];
}
