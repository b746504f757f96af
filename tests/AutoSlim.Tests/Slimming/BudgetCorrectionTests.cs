using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Tests.Slimming;

public sealed class BudgetCorrectionTests
{
    private static readonly IReadOnlyList<Target> Targets = Target.ParseAll(["a: latency@box<=10ms, macs<=300M", "b: latency@box<=4ms"]);
    private static readonly BudgetCorrection Correction = new("latency@box", smallest: 2);

    [Fact]
    public void A_budget_is_divided_by_measured_over_predicted_and_others_stay() =>
        Assert.Equal("a: latency@box<=8ms, macs<=300M", Correction.Apply(Targets[0], Ratios(1.25, 1)).ToString());

    [Fact]
    public void Without_a_correction_the_target_stays_as_it_was_asked_for() =>
        Assert.Equal(Targets[1].ToString(), Correction.Apply(Targets[1], Ratios()).ToString());

    [Fact]
    public void A_corrected_budget_is_never_below_the_price_of_the_narrowest_network() =>
        Assert.Equal("b: latency@box<=2ms", Correction.Apply(Targets[1], Ratios(1, 5)).ToString());

    [Fact]
    public void A_budget_below_the_price_of_the_narrowest_network_is_not_loosened() =>
        Assert.Equal("b: latency@box<=4ms", new BudgetCorrection("latency@box", smallest: 6).Apply(Targets[1], Ratios(1, 5)).ToString());

    [Theory]
    [InlineData(9.80, 3.90, "")]
    [InlineData(9.81, 3.90, "a")]
    [InlineData(11.0, 3.93, "a b")]
    public void A_target_is_missed_that_does_not_stay_two_percent_below_its_budget(double first, double second, string missed) =>
        Assert.Equal(missed, string.Join(' ', Correction.Missed(Targets, Ratios(first, second)).Select(target => target.Name)));

    [Fact]
    public void A_target_without_the_measured_cost_is_never_missed() =>
        Assert.Empty(Correction.Missed([Target.Parse("a: macs<=300M")], Ratios(100)));

    [Fact]
    public void Corrections_grow_with_a_margin_and_never_shrink()
    {
        var next = BudgetCorrection.Next(Ratios(1.5, 1.1), Ratios(1.2, 1.4));
        Assert.Equal([1.53, 1.4], [Math.Round(next["a"], 9), next["b"]]);
    }

    /// <summary>Why the search may go on from its trace with one cost, and must start over with two.</summary>
    [Fact]
    public void A_search_with_a_corrected_budget_begins_with_the_steps_of_the_first_one_if_it_keeps_them()
    {
        var network = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Cifar, 32, Classes: 10));
        BudgetCorrection correction = new("macs", smallest: 1);
        var one = Target.ParseAll(["a: macs<=150M", "b: macs<=80M"]);
        var (first, second) = (Search(network, one), Search(network, [.. one.Select(target => correction.Apply(target, Ratios(1.5, 1.3)))]));
        Assert.True(BudgetCorrection.KeepsSteps(one));
        Assert.True(second.Count > first.Count);
        Assert.Equal(first, second.Take(first.Count));
        var two = Target.ParseAll(["a: macs<=150M, params<=2.5M"]);
        Assert.False(BudgetCorrection.KeepsSteps(two));
        Assert.NotEqual(Search(network, two), Search(network, [correction.Apply(two[0], Ratios(3))]).Take(Search(network, two).Count));
    }

    private static List<ChannelConfiguration> Search(NetworkDefinition network, IReadOnlyList<Target> targets) =>
        [.. new GreedySlimmer(network, targets, [new MultiplyAdds(), new Parameters()], new()).Run(new SyntheticScores(network, 7).Delegate, []).Select(step => step.Configuration)];

    private static Dictionary<string, double> Ratios(params double[] values) =>
        values.Zip(["a", "b"], (value, name) => KeyValuePair.Create(name, value)).ToDictionary();
}
