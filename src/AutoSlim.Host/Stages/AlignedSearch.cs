using AutoSlim.Costs;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>A search under a budget of a device keeps to widths that the device works at: others save it neither time nor memory. Every other search keeps to the published grid.</summary>
internal static class AlignedSearch
{
    /// <param name="options">How to search.</param>
    /// <param name="targets">What is wanted.</param>
    /// <param name="devices">Profiled; those that no target limits do not count. Alignments are powers of two, so that the widest suits all.</param>
    public static SlimmingOptions AlignedTo(this SlimmingOptions options, IReadOnlyList<Target> targets, IEnumerable<DeviceCosts> devices)
    {
        var limited = targets.SelectMany(target => target.Budgets).Select(budget => budget.Cost).ToHashSet();
        return options with { Alignment = devices.Where(device => device.Models.Any(model => limited.Contains(model.Name))).Select(device => device.Table.Alignment).Prepend(options.Alignment).Max() };
    }
}
