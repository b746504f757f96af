namespace AutoSlim.Agent.Conditions;

/// <summary>What the device runs on when it is not plugged in.</summary>
/// <param name="Percent">Charge, 0 to 100.</param>
/// <param name="Discharging">Null when the system does not know.</param>
internal sealed record Battery(double Percent, bool? Discharging)
{
    /// <summary>The fullest, for that lasts longest; null without one. A mouse has its own, which is not the device's.</summary>
    /// <param name="root">Of the file system.</param>
    public static Battery? Read(string root) => SystemFiles
        .Entries(Path.Combine(root, "sys/class/power_supply"))
        .Where(folder => SystemFiles.Text(Path.Combine(folder, "type")) == "Battery" && SystemFiles.Text(Path.Combine(folder, "scope")) != "Device")
        .Select(Of)
        .OfType<Battery>()
        .MaxBy(battery => battery.Percent);

    private static Battery? Of(string folder) =>
        SystemFiles.Number(Path.Combine(folder, "capacity")) is long percent and >= 0 and <= 100 ? new(percent, IsDischarging(folder)) : null;

    private static bool? IsDischarging(string folder) => SystemFiles.Text(Path.Combine(folder, "status")) switch
    {
        null or "Unknown" => null,
        var status => status == "Discharging",
    };
}
