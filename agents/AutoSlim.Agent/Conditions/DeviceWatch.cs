using AutoSlim.Profiling;

namespace AutoSlim.Agent.Conditions;

/// <summary>
/// What a Linux system shows of heat, frequencies and battery; nothing on another system. Looking takes up to some milliseconds and belongs
/// between samples, never into one.
/// </summary>
/// <param name="root">Of the file system: <c>/</c>, but for a test.</param>
/// <param name="processors">Those that may measure.</param>
/// <param name="threads">How many of them measure, at least 1.</param>
/// <param name="maximumCelsius">A person's own trip for every zone; null for none.</param>
internal sealed class DeviceWatch(string root, IReadOnlyList<int> processors, int threads, double? maximumCelsius)
{
    private readonly IReadOnlyList<ThermalZone> zones = ThermalZone.All(root);
    private readonly IReadOnlyList<CoolingDevice> cooling = CoolingDevice.OfProcessors(root);
    private readonly IReadOnlyList<ProcessorClock> clocks = [.. processors.Select(processor => new ProcessorClock(root, processor))];
    private readonly PiFirmware firmware = new(root);

    /// <summary>Why the device does not run as fast as it can, or null.</summary>
    public string? Trip()
    {
        var reason = zones.Select(zone => zone.TooHot(maximumCelsius)).Concat(cooling.Select(device => device.Active())).Concat(clocks.Select(clock => clock.Lowered()))
            .Append(firmware.Slows()).FirstOrDefault(trip => trip is not null);
        return reason is null ? null : $"the device is too hot: {reason}";
    }

    public DeviceConditions Conditions()
    {
        var battery = Battery.Read(root);
        return new(zones.Max(zone => zone.Celsius), Megahertz(), battery?.Percent, battery?.Discharging);
    }

    /// <summary>Nobody knows on which of its processors the system ran us, but those that idle are the slower ones.</summary>
    private double? Megahertz()
    {
        double[] fastest = [.. clocks.Select(clock => clock.CurrentMegahertz).OfType<double>().OrderDescending().Take(threads)];
        return fastest.Length == 0 ? null : fastest[^1];
    }
}
