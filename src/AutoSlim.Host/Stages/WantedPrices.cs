using AutoSlim.Costs;

namespace AutoSlim.Host.Stages;

/// <summary>Which costs of one device need a price: nothing is measured that nobody asked for.</summary>
internal sealed record WantedPrices(bool Latency, bool Memory)
{
    /// <param name="targets">Some may limit the device.</param>
    /// <param name="device">As it is enrolled.</param>
    public static WantedPrices Of(IEnumerable<Target> targets, string device)
    {
        var limited = targets.SelectMany(target => target.Budgets).Select(budget => budget.Cost).ToHashSet();
        return new(limited.Contains(DeviceLatency.NameFor(device)), limited.Contains(DeviceMemory.NameFor(device)));
    }
}
