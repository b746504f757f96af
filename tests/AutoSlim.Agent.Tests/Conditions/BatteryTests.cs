using AutoSlim.Agent.Conditions;

namespace AutoSlim.Agent.Tests.Conditions;

public sealed class BatteryTests : IDisposable
{
    private readonly InventedSystem system = new();

    public void Dispose() => system.Dispose();

    [Theory]
    [InlineData("Discharging", true)]
    [InlineData("Charging", false)]
    [InlineData("Not charging", false)]
    [InlineData("Full", false)]
    [InlineData("Unknown", null)]
    [InlineData("", null)]
    public void A_battery_says_its_charge_and_whether_it_falls(string status, bool? discharging)
    {
        With("BAT0", "Battery", "80", status);
        Assert.Equal(new Battery(80, discharging), Battery.Read(system.Root));
    }

    [Theory]
    [InlineData("Mains", "80")]
    [InlineData("UPS", "80")]
    [InlineData("Battery", "101")]
    [InlineData("Battery", "-1")]
    [InlineData("Battery", "full")]
    [InlineData("Battery", "")]
    public void Anything_else_is_no_battery(string type, string capacity)
    {
        With("AC", type, capacity, "Discharging");
        Assert.Null(Battery.Read(system.Root));
    }

    [Fact]
    public void The_battery_of_a_mouse_is_not_the_devices()
    {
        With("hid-mouse", "Battery", "90", "Discharging").With("sys/class/power_supply/hid-mouse/scope", "Device\n");
        Assert.Null(Battery.Read(system.Root));
    }

    [Fact]
    public void Of_two_the_fullest_counts()
    {
        With("BAT0", "Battery", "5", "Not charging");
        With("BAT1", "Battery", "40", "Discharging");
        Assert.Equal(new Battery(40, true), Battery.Read(system.Root));
    }

    private InventedSystem With(string name, string type, string capacity, string status) => system
        .With($"sys/class/power_supply/{name}/type", type + "\n").With($"sys/class/power_supply/{name}/capacity", capacity + "\n").With($"sys/class/power_supply/{name}/status", status + "\n");
}
