using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>The costs that a budget can limit, and the units of their limits.</summary>
internal static class KnownCosts
{
    public const string LatencyPrefix = "latency@";

    /// <summary>For messages.</summary>
    public const string List = "latency@DEVICE, macs, params, size, memory, paper-memory";

    private static readonly BudgetUnit[] Latency = [new("s", 1000), new("ms", 1), new("us", 1, 1000)];
    private static readonly BudgetUnit[] Counts = [new("G", 1e9), new("M", 1e6), new("K", 1e3), new("", 1)];
    private static readonly BudgetUnit[] Memory = [new("GB", 1e9), new("MB", 1e6), new("KB", 1e3), new("B", 1)];

    /// <summary>A cost's units, largest first, or null when there is no such cost.</summary>
    public static IReadOnlyList<BudgetUnit>? Units(string cost) => cost switch
    {
        "macs" or "params" or "paper-memory" => Counts,
        "size" or "memory" => Memory,
        _ => cost.StartsWith(LatencyPrefix, StringComparison.Ordinal) ? Latency : null,
    };

    /// <summary>What is wrong with a cost's name, or null.</summary>
    public static string? Problem(string cost)
    {
        if (cost.StartsWith(LatencyPrefix, StringComparison.Ordinal)) return AgentHello.NameProblem(cost[LatencyPrefix.Length..]);
        if (cost == LatencyPrefix[..^1]) return "latency lacks its device: write latency@DEVICE";
        return Units(cost) is null ? $"unknown cost '{cost}'; known: {List}{NearestName.Hint(cost, ["macs", "params", "size", "memory", "paper-memory", LatencyPrefix])}" : null;
    }
}
