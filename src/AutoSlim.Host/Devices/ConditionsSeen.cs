using System.Globalization;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>The conditions under which a device measured, for a line that a person reads: ranges only, for a host runs for months.</summary>
internal sealed class ConditionsSeen
{
    private const double LowBatteryPercent = 20;

    private readonly Lock adding = new();
    private (double Low, double High)? celsius, megahertz;
    private (double First, double Last)? battery;
    private bool hasWarned;

    /// <returns>What a person should be warned of, once; null otherwise.</returns>
    public string? Add(DeviceConditions conditions)
    {
        lock (adding)
        {
            celsius = Widened(celsius, conditions.TemperatureCelsius);
            megahertz = Widened(megahertz, conditions.FrequencyMegahertz);
            if (conditions.BatteryPercent is double percent) battery = (battery?.First ?? percent, percent);
            if (hasWarned || conditions is not { BatteryPercent: < LowBatteryPercent, BatteryDischarging: true }) return null;
            hasWarned = true;
        }

        return string.Create(CultureInfo.InvariantCulture, $"the battery is at {conditions.BatteryPercent:0} % and discharging: plug the device in, or it may slow down or end");
    }

    /// <summary>Such as <c>48 to 61 C, 1500 to 1800 MHz, battery 80 to 78 %</c>; null when no probe told anything.</summary>
    public string? Summary()
    {
        lock (adding)
        {
            string[] parts = [.. new[] { Text("", celsius, "C"), Text("", megahertz, "MHz"), Text("battery ", battery, "%") }.OfType<string>()];
            return parts.Length == 0 ? null : string.Join(", ", parts);
        }
    }

    private static (double Low, double High)? Widened((double Low, double High)? range, double? value) =>
        value is not double now ? range : range is var (low, high) ? (Math.Min(low, now), Math.Max(high, now)) : (now, now);

    private static string? Text(string what, (double From, double To)? range, string unit)
    {
        if (range is not var (from, to)) return null;
        var (first, last) = (from.ToString("0", CultureInfo.InvariantCulture), to.ToString("0", CultureInfo.InvariantCulture));
        return first == last ? $"{what}{first} {unit}" : $"{what}{first} to {last} {unit}";
    }
}
