using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Stages;

public sealed class BegunPricesTests : IDisposable
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Cifar, 32, Classes: 10));
    private static readonly CostTable Table = InventedTable.Of(Network, InventedAgent.Description);

    private readonly TemporaryFolder folder = new();
    private readonly RunFolder run;

    public BegunPricesTests()
    {
        run = new(folder.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(run.CostTablePath("box"))!);
        CostTableFile.Write(run.CostTablePath("box"), Table);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>Interrupted between two rounds the trace is empty, and what the device was measured to miss its budgets by is of these prices.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("a step\n")]
    public void A_search_that_has_begun_keeps_its_prices_between_rounds_too(string trace)
    {
        File.WriteAllText(run.TracePath, trace);
        var widest = Network.Resolve(Network.Widest);
        Assert.Equal(DeviceCosts.Of(Network, "box", Table).Latency!.Price(widest), Latency()!.Latency!.Price(widest));
    }

    [Fact]
    public void A_search_that_has_not_begun_has_none() => Assert.Null(Latency());

    [Fact]
    public void Another_device_of_a_search_that_has_begun_has_none()
    {
        File.WriteAllText(run.TracePath, "");
        Assert.Null(BegunPrices.Of(run, Network, "other", new(Latency: true, Memory: false)));
    }

    [Fact]
    public void Prices_that_the_search_did_not_have_are_measured()
    {
        File.WriteAllText(run.TracePath, "");
        Assert.Null(BegunPrices.Of(run, Network, "box", new(Latency: true, Memory: true)));
        var lacking = InventedTable.WriteLacking(1, run.CostTablePath("box"), Network, InventedAgent.Description);
        Assert.NotEmpty(lacking.Measurements);
        Assert.Null(Latency());
    }

    [Fact]
    public void A_cost_that_a_begun_search_has_no_price_in_is_refused_and_the_prices_stay()
    {
        var target = Target.Parse("a: latency@box<=8ms, memory@box<=30MB");
        BegunPrices.RequireAll(run, [target]);
        new SlimmingTrace(run.TracePath).Append(new(0, Network.Widest, new Dictionary<string, double> { ["macs"] = 1, ["latency@box"] = 2 }, new Dictionary<string, double> { ["loss"] = 1 }, "", []));
        var refused = Assert.Throws<CommandFailedException>(() => BegunPrices.RequireAll(run, [target]));
        Assert.Contains("was begun without memory@box: its steps know only macs, latency@box; slim in another run, or delete that file", refused.Message, StringComparison.Ordinal);
        BegunPrices.RequireAll(run, [Target.Parse("a: latency@box<=8ms, macs<=30M")]);
    }

    private DeviceCosts? Latency() => BegunPrices.Of(run, Network, "box", new(Latency: true, Memory: false));
}
