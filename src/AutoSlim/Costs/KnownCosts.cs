using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>The costs that a budget can limit, and the units of their limits.</summary>
internal static class KnownCosts
{
    public const string LatencyPrefix = "latency@";
    public const string MemoryPrefix = "memory@";

    /// <summary>For messages.</summary>
    public const string List = "latency@DEVICE, memory@DEVICE, macs, params, size, memory, paper-memory";

    private static readonly BudgetUnit[] Latency = [new("s", 1000), new("ms", 1), new("us", 1, 1000)];
    private static readonly BudgetUnit[] Counts = [new("G", 1e9), new("M", 1e6), new("K", 1e3), new("", 1)];
    private static readonly BudgetUnit[] Memory = [new("GB", 1e9), new("MB", 1e6), new("KB", 1e3), new("B", 1)];

    /// <summary>A cost's units, largest first, or null when there is no such cost.</summary>
    public static IReadOnlyList<BudgetUnit>? Units(string cost) => cost switch
    {
        "macs" or "params" or "paper-memory" => Counts,
        "size" or "memory" => Memory,
        _ when cost.StartsWith(LatencyPrefix, StringComparison.Ordinal) => Latency,
        _ when cost.StartsWith(MemoryPrefix, StringComparison.Ordinal) => Memory,
        _ => null,
    };

    /// <summary>The device that a cost is measured on, or null when it is counted.</summary>
    public static string? Device(string cost) =>
        new[] { LatencyPrefix, MemoryPrefix }.Where(prefix => cost.StartsWith(prefix, StringComparison.Ordinal)).Select(prefix => cost[prefix.Length..]).FirstOrDefault();

    /// <summary>What is wrong with a cost's name, or null.</summary>
    public static string? Problem(string cost)
    {
        if (Device(cost) is string device) return AgentHello.NameProblem(device);
        if (cost == LatencyPrefix[..^1]) return "latency lacks its device: write latency@DEVICE";
        return Units(cost) is null ? $"unknown cost '{cost}'; known: {List}{NearestName.Hint(cost, ["macs", "params", "size", "memory", "paper-memory", LatencyPrefix, MemoryPrefix])}" : null;
    }
}
