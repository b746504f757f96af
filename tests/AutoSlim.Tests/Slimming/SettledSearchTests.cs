using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Tests.Slimming;

/// <summary>The loop on invented devices: multiply-adds are predicted, and the device takes some share more.</summary>
public sealed class SettledSearchTests
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Cifar, 32, Classes: 10));
    private static readonly double Smallest = MultiplyAdds.Count(Network.Resolve(Network.Narrowest));
    private readonly List<SettlingState> kept = [];
    private List<SlimmingStep> trace = [];
    private int measurements;

    [Fact]
    public async Task A_device_as_predicted_is_measured_once()
    {
        var targets = Target.ParseAll(["a: macs<=150M", "b: macs<=80M"]);
        var (met, missed) = await Run(targets, _ => 0.9, new());
        Assert.Empty(missed);
        Assert.Equal((1, true), (measurements, kept[^1].Settled));
        Assert.InRange(met["b"].Cost["macs"], 60e6, 80e6);
    }

    [Theory]
    [InlineData(1.1)]
    [InlineData(1.6)]
    public async Task A_slower_device_gets_smaller_networks_that_keep_its_budgets(double slowness)
    {
        var (met, missed) = await Run(Target.ParseAll(["a: macs<=150M", "b: macs<=80M"]), _ => slowness, new());
        Assert.Empty(missed);
        Assert.InRange(measurements, 2, 3);
        Assert.InRange(met["a"].Cost["macs"] * slowness, 0.9 * 150e6, 150e6);
        Assert.InRange(met["b"].Cost["macs"] * slowness, 0.85 * 80e6, 80e6);
    }

    [Fact]
    public async Task A_device_that_grows_slower_with_every_look_is_told_of_after_the_last_round()
    {
        var (_, missed) = await Run(Target.ParseAll(["a: macs<=150M"]), look => 1 + look, new());
        Assert.Equal("a", Assert.Single(missed).Name);
        Assert.Equal(SettledSearch.Rounds, measurements);
        Assert.True(kept[^1].Settled);
        var (_, again) = await Run(Target.ParseAll(["a: macs<=150M"]), look => 1 + look, kept[^1]);
        Assert.Equal("a", Assert.Single(again).Name);
        Assert.Equal(SettledSearch.Rounds, measurements);
    }

    /// <summary>There is nothing smaller to search for: to measure it again would chase noise.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1.1, 1)]
    public async Task The_narrowest_network_is_measured_once_and_missed_only_where_it_is_above_its_budget(double slowness, int misses)
    {
        var (met, missed) = await Run([new("a", [new("macs", Smallest)])], _ => slowness, new());
        Assert.Equal((misses, 1, true), (missed.Count, measurements, kept[^1].Settled));
        Assert.Equal(Network.Narrowest, met["a"].Configuration);
    }

    [Fact]
    public async Task Interrupted_after_any_round_it_ends_as_an_unbroken_one()
    {
        var targets = Target.ParseAll(["a: macs<=150M", "b: macs<=80M"]);
        double Slowness(int look) => 1.2 + 0.1 * Math.Min(look, 2);
        var (unbroken, _) = await Run(targets, Slowness, new());
        foreach (var state in kept.ToList())
        {
            (trace, measurements) = ([], state.Settled ? state.Round : state.Round - 1);
            var (resumed, _) = await Run(targets, Slowness, state);
            Assert.Equal(Configurations(unbroken), Configurations(resumed));
        }
    }

    [Fact]
    public async Task With_several_costs_the_search_starts_over_and_meets_them_all()
    {
        var (met, missed) = await Run([Target.Parse("a: macs<=150M, params<=2.5M")], _ => 3, new());
        Assert.Empty(missed);
        Assert.True(met["a"].Cost["macs"] * 3 <= 150e6 && met["a"].Cost["params"] <= 2.5e6);
    }

    /// <summary>The network's latency is as predicted, its memory is not: the budget of memory alone is corrected.</summary>
    [Fact]
    public async Task Two_costs_of_one_device_are_settled_each_by_its_own_corrections()
    {
        ICostModel[] costs = [new DeviceMemory("box", DeviceAlignment.None, new(1, 0, 8, 0, 0)), new MultiplyAdds()];
        var target = Target.Parse("a: memory@box<=900KB, macs<=150M");
        var (met, missed) = await new SettledSearch([target], new Dictionary<string, double> { ["memory@box"] = 1, ["macs"] = 1 })
        {
            Search = asked => Task.FromResult<IReadOnlyDictionary<string, SlimmingStep>>(new GreedySlimmer(Network, asked, costs, new())
                .Run(new SyntheticScores(Network, 7).Delegate, []).Where(step => asked[0].IsMetBy(step.Cost)).Take(1).ToDictionary(_ => "a")),
            Measure = found => Task.FromResult(ByCost(
                ("memory@box", found.ToDictionary(pair => pair.Key, pair => pair.Value.Cost["memory@box"] * 1.2)),
                ("macs", found.ToDictionary(pair => pair.Key, pair => pair.Value.Cost["macs"] * 0.9)))),
            ForgetSteps = () => { },
            Keep = kept.Add,
        }.RunAsync(new());
        Assert.Empty(missed);
        Assert.InRange(met["a"].Cost["memory@box"] * 1.2, 0.6 * 900e3, 900e3);
        Assert.True(kept[^1].CorrectionsOf("memory@box")["a"] > 1.2 && kept[^1].CorrectionsOf("macs")["a"] < 1);
    }

    [Fact]
    public async Task Two_devices_are_settled_in_one_search_each_by_its_own_corrections()
    {
        var two = Target.Parse("a: macs<=150M, params<=2.5M");
        var (met, missed) = await new SettledSearch([two], new Dictionary<string, double> { ["macs"] = Smallest, ["params"] = 1 })
        {
            Search = asked => Task.FromResult(Search(asked)),
            Measure = found => Task.FromResult(ByCost(
                ("macs", found.ToDictionary(pair => pair.Key, pair => pair.Value.Cost["macs"] * 1.1)),
                ("params", found.ToDictionary(pair => pair.Key, pair => pair.Value.Cost["params"] * 1.4)))),
            ForgetSteps = () => trace = [],
            Keep = kept.Add,
        }.RunAsync(new());
        Assert.Empty(missed);
        var step = met["a"];
        Assert.True(step.Cost["macs"] * 1.1 <= 150e6 && step.Cost["params"] * 1.4 <= 2.5e6);
        Assert.Equal(["macs", "params"], kept[^1].Corrections.Keys.Order());
        Assert.True(kept[^1].CorrectionsOf("params")["a"] > kept[^1].CorrectionsOf("macs")["a"]);
    }

    private static IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> ByCost(params (string Cost, IReadOnlyDictionary<string, double> Values)[] measured) =>
        measured.ToDictionary(pair => pair.Cost, pair => pair.Values);

    private Task<(IReadOnlyDictionary<string, SlimmingStep> Met, IReadOnlyList<Target> Missed)> Run(IReadOnlyList<Target> targets, Func<int, double> slowness, SettlingState state) =>
        new SettledSearch(targets, new Dictionary<string, double> { ["macs"] = Smallest })
        {
            Search = asked => Task.FromResult(Search(asked)),
            Measure = met =>
            {
                var factor = slowness(++measurements);
                return Task.FromResult(ByCost(("macs", met.ToDictionary(pair => pair.Key, pair => pair.Value.Cost["macs"] * factor))));
            },
            ForgetSteps = () => trace = [],
            Keep = kept.Add,
        }.RunAsync(state);

    private IReadOnlyDictionary<string, SlimmingStep> Search(IReadOnlyList<Target> targets)
    {
        var slimmer = new GreedySlimmer(Network, targets, [new MultiplyAdds(), new Parameters()], new());
        var met = new Dictionary<string, SlimmingStep>();
        var steps = slimmer.Run(new SyntheticScores(Network, 7).Delegate, trace).ToList();
        foreach (var step in steps)
            foreach (var target in slimmer.MetBy(step)) met.TryAdd(target.Name, step);
        if (steps.Count > trace.Count) trace = steps;
        return met;
    }

    private static List<ChannelConfiguration> Configurations(IReadOnlyDictionary<string, SlimmingStep> met) => [.. met.OrderBy(pair => pair.Key).Select(pair => pair.Value.Configuration)];
}
