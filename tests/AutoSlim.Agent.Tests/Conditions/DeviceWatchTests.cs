using AutoSlim.Agent.Conditions;
using AutoSlim.Profiling;

namespace AutoSlim.Agent.Tests.Conditions;

public sealed class DeviceWatchTests : IDisposable
{
    private const string Zone = "sys/class/thermal/thermal_zone0";
    private const string Cooling = "sys/class/thermal/cooling_device0";
    private const string Throttled = "sys/devices/platform/soc/soc:firmware/get_throttled";

    private readonly InventedSystem system = new();

    public void Dispose() => system.Dispose();

    [Fact]
    public void A_system_that_shows_nothing_is_never_too_hot()
    {
        var watch = Watch(maximumCelsius: 20);
        Assert.Equal((null, DeviceConditions.Unknown), (watch.Trip(), watch.Conditions()));
    }

    [Fact]
    public void A_zone_at_its_passive_trip_is_too_hot()
    {
        HeatTo("79999\n").With($"{Zone}/trip_point_0_type", "passive\n").With($"{Zone}/trip_point_0_temp", "80000\n");
        var watch = Watch();
        Assert.Null(watch.Trip());
        HeatTo("84200\n");
        Assert.Equal("the device is too hot: thermal_zone0 (cpu-thermal) is at 84.2 C, its passive trip at 80 C", watch.Trip());
        Assert.Equal(84.2, watch.Conditions().TemperatureCelsius);
    }

    [Theory]
    [InlineData("active", "80000", "enabled")]
    [InlineData("passive", "0", "enabled")]
    [InlineData("passive", "-274000", "enabled")]
    [InlineData("passive", "80", "enabled")]
    [InlineData("passive", "", "enabled")]
    [InlineData("passive", "eighty", "enabled")]
    [InlineData("", "80000", "enabled")]
    [InlineData("passive", "80000", "disabled")]
    public void A_fans_trip_one_that_nobody_set_and_one_that_is_not_watched_are_none(string type, string temperature, string mode)
    {
        HeatTo("90000\n").With($"{Zone}/trip_point_0_type", type).With($"{Zone}/trip_point_0_temp", temperature).With($"{Zone}/mode", mode + "\n");
        Assert.Null(Watch().Trip());
    }

    [Fact]
    public void The_lowest_trip_that_slows_counts()
    {
        HeatTo("90000\n")
            .With($"{Zone}/trip_point_0_type", "critical\n").With($"{Zone}/trip_point_0_temp", "110000\n")
            .With($"{Zone}/trip_point_10_type", "hot\n").With($"{Zone}/trip_point_10_temp", "85500\n")
            .With($"{Zone}/trip_point_2_type", "active\n").With($"{Zone}/trip_point_2_temp", "50000\n");
        Assert.EndsWith("is at 90 C, its hot trip at 85.5 C", Watch().Trip(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_may_ask_for_a_lower_temperature()
    {
        HeatTo("61000\n");
        Assert.Null(Watch(maximumCelsius: 61.5).Trip());
        Assert.Equal("the device is too hot: thermal_zone0 (cpu-thermal) is at 61 C, the maximum temperature asked for is 60.5 C", Watch(maximumCelsius: 60.5).Trip());
    }

    [Theory]
    [InlineData("")]
    [InlineData("warm")]
    [InlineData("45.5")]
    [InlineData("-274000")]
    [InlineData("150001")]
    [InlineData("99999999999999999999")]
    [InlineData(" ")]
    [InlineData("\0\0")]
    public void A_broken_zone_is_skipped(string content)
    {
        HeatTo(content).With("sys/class/thermal/thermal_zone1/temp", "41500\n");
        var watch = Watch(maximumCelsius: 50);
        Assert.Equal((null, 41.5), (watch.Trip(), watch.Conditions().TemperatureCelsius));
    }

    [Fact]
    public void Folders_in_place_of_files_files_in_place_of_folders_and_huge_files_are_skipped()
    {
        Directory.CreateDirectory(Path.Combine(system.Root, $"{Zone}/temp"));
        Directory.CreateDirectory(Path.Combine(system.Root, Throttled));
        system.With("sys/class/thermal/thermal_zone1/temp", new string('9', 1 << 20)).With("sys/class/thermal/thermal_zone2", "50000").With(Cooling, "Processor")
            .With("sys/devices/system/cpu/cpu0/cpufreq", "1").With("sys/class/power_supply", "Battery");
        var watch = Watch();
        Assert.Equal((null, DeviceConditions.Unknown), (watch.Trip(), watch.Conditions()));
    }

    [Theory]
    [InlineData("Processor")]
    [InlineData("thermal-cpufreq-0")]
    [InlineData("cpufreq-cpu4")]
    [InlineData("thermal-idle-0")]
    [InlineData("idle-cpu0")]
    [InlineData("intel_powerclamp")]
    public void A_cooling_device_that_slows_the_processor_is_a_trip(string type)
    {
        Cool(type, "3\n");
        Assert.Equal($"the device is too hot: cooling_device0 ({type}) slows the processor, at state 3", Watch().Trip());
    }

    [Theory]
    [InlineData("Fan", "3")]
    [InlineData("pwm-fan", "3")]
    [InlineData("LCD", "3")]
    [InlineData("devfreq-5000000.gpu", "3")]
    [InlineData("TCC Offset", "3")]
    [InlineData("", "3")]
    [InlineData("Processor", "0")]
    [InlineData("intel_powerclamp", "-1")]
    [InlineData("intel_powerclamp", "18446744073709551615")]
    [InlineData("Processor", "three")]
    public void A_fan_and_a_device_at_rest_are_none(string type, string state)
    {
        Cool(type, state);
        Assert.Null(Watch().Trip());
    }

    [Fact]
    public void A_firmware_that_slows_the_processor_now_is_a_trip()
    {
        system.With(Throttled, "6\n");
        Assert.Equal("the device is too hot: the firmware slows the processor (frequency capped, throttled)", Watch().Trip());
        system.With(Throttled, "b\n");
        Assert.EndsWith("(frequency capped, soft temperature limit; under-voltage: the power supply is too weak)", Watch().Trip(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("10001")]
    [InlineData("e0000")]
    [InlineData("")]
    [InlineData("yes")]
    [InlineData("fffffffff")]
    public void What_the_firmware_did_before_is_none(string bits)
    {
        system.With(Throttled, bits);
        Assert.Null(Watch().Trip());
    }

    [Fact]
    public void What_the_firmware_did_since_the_last_look_is_a_trip_once()
    {
        system.With(Throttled, "20000\n");
        var watch = Watch();
        Assert.Null(watch.Trip());
        system.With(Throttled, "60000\n");
        Assert.Equal("the device is too hot: the firmware slows the processor (throttled)", watch.Trip());
        Assert.Null(watch.Trip());
    }

    private InventedSystem HeatTo(string temperature) => system.With($"{Zone}/type", "cpu-thermal\n").With($"{Zone}/temp", temperature);

    private InventedSystem Cool(string type, string state) => system.With($"{Cooling}/type", type + "\n").With($"{Cooling}/cur_state", state);

    private DeviceWatch Watch(double? maximumCelsius = null) => new(system.Root, [0], 1, maximumCelsius);
}
