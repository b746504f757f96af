using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>The prices of a search that has begun: its steps were decided by them, whatever the device has measured since.</summary>
internal static class BegunPrices
{
    /// <param name="run">The search's.</param>
    /// <param name="definition">The network.</param>
    /// <param name="device">As it is enrolled.</param>
    /// <param name="wanted">What has to have a price.</param>
    /// <returns>Null where no step was taken yet, or without such a price.</returns>
    /// <exception cref="CostTableFileException">The run's table cannot be used.</exception>
    public static DeviceCosts? Of(RunFolder run, NetworkDefinition definition, string device, WantedPrices wanted)
    {
        if (!File.Exists(run.TracePath) || !File.Exists(run.CostTablePath(device))) return null;
        var table = CostTableFile.Read(run.CostTablePath(device));
        if (wanted.Latency && !Anchors.AreKnown(definition, table) || wanted.Memory && MemoryStage.Missing(table, definition).Count > 0) return null;
        var costs = wanted.Latency ? DeviceCosts.Of(definition, device, table) : new(device, table);
        return wanted.Memory ? MemoryStage.Known(costs, definition) : costs;
    }

    /// <summary>A begun search cannot take up another cost. Told before a device measures for it, and writes over the prices that the steps were decided by.</summary>
    /// <exception cref="CommandFailedException">A target limits what the steps have no price in.</exception>
    public static void RequireAll(RunFolder run, IReadOnlyList<Target> targets)
    {
        if (new SlimmingTrace(run.TracePath).Peek() is not [var start, ..]) return;
        var lacking = targets.SelectMany(target => target.Budgets).Select(budget => budget.Cost).Distinct().Where(cost => !start.Cost.ContainsKey(cost)).ToList();
        if (lacking.Count > 0) throw new CommandFailedException($"the search in '{run.TracePath}' was begun without {string.Join(" and ", lacking)}: its steps know only {string.Join(", ", start.Cost.Keys)}; slim in another run, or delete that file and slim again, which begins anew");
    }
}
