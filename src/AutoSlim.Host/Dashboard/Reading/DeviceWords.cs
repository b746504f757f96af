using System.Globalization;
using AutoSlim.Host.Fleet;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>What a device is and how it fares, as people say it.</summary>
internal static class DeviceWords
{
    private const double MegahertzPerGigahertz = 1000;

    public static string State(DeviceState device) => device switch
    {
        { IsConnected: true, Doing: not null } => "measuring",
        { IsConnected: true } => "here",
        { Doing: not null } => "awaited",
        _ => "away",
    };

    /// <summary>Of a <see cref="Parts.StateChip"/>.</summary>
    public static string Tone(DeviceState device) => device switch
    {
        { IsConnected: true, Doing: not null } => "busy",
        { IsConnected: true } => "good",
        { Doing: not null } => "bad",
        _ => "quiet",
    };

    public static string Temperature(DeviceConditions conditions) => Words.Number(conditions.TemperatureCelsius, "0.0", "°C");

    public static string Battery(DeviceConditions conditions) =>
        Words.Number(conditions.BatteryPercent, "0", "%") + (conditions.BatteryDischarging == true ? ", discharging" : "");

    public static string Clock(DeviceConditions conditions) => Words.Number(conditions.FrequencyMegahertz / MegahertzPerGigahertz, "0.00", "GHz");

    public static string Threads(DeviceDescription key) => key.IntraOpThreads == 1 ? "1 thread" : string.Create(CultureInfo.InvariantCulture, $"{key.IntraOpThreads} threads");
}
