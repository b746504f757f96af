using AutoSlim.Host.Dashboard.Charts;
using AutoSlim.Host.Dashboard.Reading;
using Plotly.Blazor.Traces;

namespace AutoSlim.Host.Tests.Dashboard.Charts;

public sealed class RunPlotsTests
{
    [Fact]
    public void What_one_device_measured_is_a_series_of_the_slimmed_and_one_of_the_uniform_networks()
    {
        var chart = RunPlots.Accuracy([Verified("small", "board", 8), Verified("large", "board", 12), Verified("uniform-0.50", "board", 9)]);
        Assert.Equal("latency on board [ms]", chart.XTitle);
        Assert.Equal(["slimmed: 8, 12", "uniform: 9"], Series(chart));
    }

    [Fact]
    public void What_two_devices_measured_is_never_one_series()
    {
        var chart = RunPlots.Accuracy([Verified("fast", "board", 8), Verified("slow", "pi", 30), Verified("uniform-0.50", "pi", 33), Verified("old", null, 5)]);
        Assert.Equal("measured latency [ms]", chart.XTitle);
        Assert.Equal(["slimmed on board: 8", "slimmed on pi: 30", "uniform on pi: 33", "slimmed on a device that is not known: 5"], Series(chart));
    }

    private static NetworkView Verified(string name, string? device, double milliseconds) =>
        new(name, null) { Verification = new(null, milliseconds, 0.9, 0.9, 0, null) { Device = device } };

    private static IEnumerable<string> Series(ChartContent chart) => chart.Traces.Cast<Scatter>().Select(series => $"{series.Name}: {string.Join(", ", series.X)}");
}
