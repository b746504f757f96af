using AutoSlim.Host.Devices;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Tests.Devices;

public sealed class ConditionsSeenTests
{
    private readonly ConditionsSeen seen = new();

    [Fact]
    public void A_device_that_tells_nothing_has_no_line()
    {
        Assert.Null(seen.Summary());
        seen.Add(DeviceConditions.Unknown);
        Assert.Null(seen.Summary());
    }

    [Fact]
    public void A_line_tells_the_ranges_and_how_the_battery_went()
    {
        seen.Add(new(61.4, 1800, 80));
        seen.Add(DeviceConditions.Unknown);
        seen.Add(new(47.6, 1500, 78));
        seen.Add(new(50, 1600, 78));
        Assert.Equal("48 to 61 C, 1500 to 1800 MHz, battery 80 to 78 %", seen.Summary());
    }

    [Fact]
    public void What_does_not_change_is_told_once_and_what_is_not_known_is_left_out()
    {
        seen.Add(new(null, 1800, 100));
        seen.Add(new(null, 1800.3, 100));
        Assert.Equal("1800 MHz, battery 100 %", seen.Summary());
    }

    [Fact]
    public void A_battery_that_runs_low_is_a_warning_once()
    {
        Assert.Null(seen.Add(new(null, null, 20, true)));
        Assert.Null(seen.Add(new(null, null, 19, false)));
        Assert.Null(seen.Add(new(null, null, 19, null)));
        Assert.Equal("the battery is at 19 % and discharging: plug the device in, or it may slow down or end", seen.Add(new(null, null, 19, true)));
        Assert.Null(seen.Add(new(null, null, 18, true)));
    }
}
