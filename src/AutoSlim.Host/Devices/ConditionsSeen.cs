using System.Globalization;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Devices;

/// <summary>The conditions under which a device measured, probe by probe, for a line that a person reads.</summary>
internal sealed class ConditionsSeen
{
    private const double LowBatteryPercent = 20;

    private readonly Lock adding = new();
    private readonly List<DeviceConditions> seen = [];
    private bool hasWarned;

    /// <returns>What a person should be warned of, once; null otherwise.</returns>
    public string? Add(DeviceConditions conditions)
    {
        lock (adding)
        {
            seen.Add(conditions);
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
            var battery = Known(conditions => conditions.BatteryPercent);
            string[] parts =
            [
                .. Range("", Known(conditions => conditions.TemperatureCelsius).Order(), "C"),
                .. Range("", Known(conditions => conditions.FrequencyMegahertz).Order(), "MHz"),
                .. Range("battery ", battery, "%"),
            ];
            return parts.Length == 0 ? null : string.Join(", ", parts);
        }
    }

    private IEnumerable<double> Known(Func<DeviceConditions, double?> value) => seen.Select(value).OfType<double>();

    /// <summary>From the first to the last.</summary>
    private static IEnumerable<string> Range(string what, IEnumerable<double> values, string unit)
    {
        string[] texts = [.. values.Select(value => value.ToString("0", CultureInfo.InvariantCulture))];
        if (texts.Length > 0) yield return texts[0] == texts[^1] ? $"{what}{texts[0]} {unit}" : $"{what}{texts[0]} to {texts[^1]} {unit}";
    }
}
