using AutoSlim.Costs;
using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Tests.Stages;

public sealed class WantedPricesTests
{
    [Theory]
    [InlineData("pi", true, false)]
    [InlineData("phone", false, true)]
    [InlineData("box", true, true)]
    [InlineData("other", false, false)]
    public void Of_a_device_no_more_is_priced_than_the_targets_limit(string device, bool latency, bool memory)
    {
        var targets = Target.ParseAll(["a: latency@pi<=8ms, memory@phone<=30MB, memory@box<=2MB", "b: macs<=3M, latency@box<=1ms"]);
        Assert.Equal(new(latency, memory), WantedPrices.Of(targets, device));
    }
}
