using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>How a device fared while it measured, where its system shows it; null where it does not.</summary>
/// <param name="TemperatureCelsius">The hottest of its sensors, -100 to 250.</param>
/// <param name="FrequencyMegahertz">Of the slowest processor that measured, above 0.</param>
/// <param name="BatteryPercent">Charge, 0 to 100; null on a device without a battery.</param>
/// <param name="BatteryDischarging">Whether the device runs on its battery.</param>
[MessagePackObject]
public sealed record DeviceConditions(
    [property: Key(0)] double? TemperatureCelsius,
    [property: Key(1)] double? FrequencyMegahertz,
    [property: Key(2)] double? BatteryPercent,
    [property: Key(3)] bool? BatteryDischarging = null)
{
    /// <summary>A system that shows nothing.</summary>
    public static DeviceConditions Unknown { get; } = new(null, null, null);

    /// <summary>What is wrong with conditions that came over the wire, or null.</summary>
    public string? Problem() =>
        Check("temperature", TemperatureCelsius, -100, 250) ?? Check("frequency", FrequencyMegahertz, double.Epsilon, 1e6) ?? Check("battery", BatteryPercent, 0, 100);

    private static string? Check(string name, double? value, double minimum, double maximum) =>
        value is null || (value >= minimum && value <= maximum) ? null : FormattableString.Invariant($"the {name} is {value}, expected {minimum:0.###} to {maximum}");
}
