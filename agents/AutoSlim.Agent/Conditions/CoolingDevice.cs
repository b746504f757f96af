namespace AutoSlim.Agent.Conditions;

/// <summary>What the system cools with.</summary>
/// <param name="Folder">Under <c>/sys/class/thermal</c>.</param>
/// <param name="Type">As its driver calls it.</param>
internal sealed record CoolingDevice(string Folder, string Type)
{
    /// <summary>Linux's own drivers that slow processors: ACPI, frequency (before and since 5.11), idle time (likewise), and Intel's.</summary>
    private static readonly string[] ProcessorTypes = ["Processor", "thermal-cpufreq-", "cpufreq-", "thermal-idle-", "idle-cpu", "intel_powerclamp"];

    /// <summary>Those that cool by slowing a processor: no fans, no displays, no graphics.</summary>
    public static IReadOnlyList<CoolingDevice> OfProcessors(string root) =>
    [
        .. SystemFiles.Entries(Path.Combine(root, "sys/class/thermal"), "cooling_device")
            .Select(folder => new CoolingDevice(folder, SystemFiles.Text(Path.Combine(folder, "type")) ?? ""))
            .Where(device => ProcessorTypes.Any(type => device.Type.StartsWith(type, StringComparison.Ordinal))),
    ];

    /// <summary>How it slows a processor now, or null: at rest a state is 0, and -1 for Intel's.</summary>
    public string? Active() =>
        SystemFiles.Number(Path.Combine(Folder, "cur_state")) is long state and > 0 ? $"{Path.GetFileName(Folder)} ({Type}) slows the processor, at state {state}" : null;
}
