using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;

namespace AutoSlim.Host.Demo;

/// <summary>Three budgets spread between what the device measured for the 1.0x network and for the narrowest one.</summary>
internal static class DefaultTargets
{
    private static readonly (string Name, double Share)[] Shares = [("large", 0.6), ("medium", 0.35), ("small", 0.15)];

    public static IReadOnlyList<Target> For(NetworkDefinition definition, DeviceCosts costs, string device)
    {
        var slowest = Measured(costs.Uniform(definition, 1), costs.Table);
        var narrowest = costs.Narrowest(definition);
        var fastest = Math.Max(Measured(narrowest, costs.Table), costs.Latency!.Price(narrowest));
        if (!(slowest > fastest))
            throw new CommandFailedException(FormattableString.Invariant($"{definition.Name} at 1.0x took {slowest:0.0000} ms on '{device}', its narrowest configuration {fastest:0.0000} ms: there is nothing between; widen the supernet or give --target"));
        return [.. Shares.Select(share => new Target(share.Name, [new(DeviceLatency.NameFor(device), Rounded(fastest + share.Share * (slowest - fastest)))]))];
    }

    private static double Measured(ResolvedNetwork network, CostTable table) => table.Find(ProbeEntry.Network(network))!.MedianMicroseconds / 1000;

    /// <summary>To a microsecond.</summary>
    private static double Rounded(double milliseconds) => Math.Round(milliseconds, 3);
}
