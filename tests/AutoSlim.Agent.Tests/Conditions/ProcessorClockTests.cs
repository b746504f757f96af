using AutoSlim.Agent.Conditions;

namespace AutoSlim.Agent.Tests.Conditions;

public sealed class ProcessorClockTests : IDisposable
{
    private readonly InventedSystem system = new();

    public void Dispose() => system.Dispose();

    [Fact]
    public void A_highest_frequency_that_the_system_lowers_is_a_trip_until_it_is_raised_again()
    {
        Set(4, maximum: "2400000", hardware: "2400000");
        var watch = Watch(1, 4);
        Assert.Null(watch.Trip());
        Set(4, maximum: "1500000", hardware: "2400000");
        Assert.Equal("the device is too hot: the system lowered the highest frequency of processor 4 from 2400 to 1500 MHz", watch.Trip());
        Assert.NotNull(watch.Trip());
        Set(4, maximum: "2400000", hardware: "2400000");
        Assert.Null(watch.Trip());
    }

    [Fact]
    public void One_that_was_low_from_the_start_is_somebodys_choice()
    {
        Set(0, maximum: "1500000", hardware: "2400000");
        Assert.Null(Watch(1, 0).Trip());
    }

    [Fact]
    public void One_that_falls_with_the_hardwares_own_is_no_trip()
    {
        Set(0, maximum: "2400000", hardware: "2400000");
        var watch = Watch(1, 0);
        Set(0, maximum: "1800000", hardware: "1800000");
        Assert.Null(watch.Trip());
    }

    [Fact]
    public void A_processor_that_does_not_measure_may_be_slowed()
    {
        Set(0, maximum: "2400000", hardware: "2400000");
        Set(1, maximum: "2400000", hardware: "2400000");
        var watch = Watch(1, 0);
        Set(1, maximum: "600000", hardware: "2400000");
        Assert.Null(watch.Trip());
    }

    [Theory]
    [InlineData(1, 1800)]
    [InlineData(2, 1500)]
    [InlineData(64, 600)]
    public void The_frequency_is_of_the_slowest_processor_that_is_busy(int threads, double megahertz)
    {
        system.With(Path(0, "scaling_cur_freq"), "600000\n").With(Path(1, "scaling_cur_freq"), "1800000\n").With(Path(2, "scaling_cur_freq"), "1500000\n").With(Path(3, "scaling_cur_freq"), "<unknown>\n");
        Assert.Equal(megahertz, Watch(threads, 0, 1, 2, 3, 9).Conditions().FrequencyMegahertz);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("fast")]
    [InlineData("9223372036854775807")]
    public void An_absurd_frequency_is_none(string kilohertz)
    {
        system.With(Path(0, "scaling_cur_freq"), kilohertz);
        Assert.Null(Watch(1, 0).Conditions().FrequencyMegahertz);
    }

    private static string Path(int processor, string name) => $"sys/devices/system/cpu/cpu{processor}/cpufreq/{name}";

    private void Set(int processor, string maximum, string hardware) =>
        system.With(Path(processor, "scaling_max_freq"), maximum + "\n").With(Path(processor, "cpuinfo_max_freq"), hardware + "\n");

    private DeviceWatch Watch(int threads, params int[] processors) => new(system.Root, processors, threads, null);
}
