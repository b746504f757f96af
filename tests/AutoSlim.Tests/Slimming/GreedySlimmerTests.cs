using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Tests.Slimming;

public sealed class GreedySlimmerTests
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Cifar, 32, Classes: 10));
    private static readonly IReadOnlyList<ICostModel> Costs = [new MultiplyAdds(), new Parameters()];
    private static readonly SlimmingOptions Exhaustive = new() { RescoredCandidates = 100, Rule = StepRule.Paper };

    [Fact]
    public void Stops_at_the_first_configuration_within_budget()
    {
        var steps = Run([Target.Parse("half: macs<=100M")], Exhaustive);
        Assert.True(steps[^1].Cost["macs"] <= 100e6);
        Assert.All(steps.SkipLast(1), step => Assert.True(step.Cost["macs"] > 100e6));
    }

    [Fact]
    public void Every_step_takes_one_block_from_the_chosen_group_alone()
    {
        var steps = Run([Target.Parse("half: macs<=100M")], Exhaustive);
        foreach (var (before, after) in steps.Zip(steps.Skip(1)))
            Assert.Equal(before.Configuration.Shrink(Network.Groups.Single(group => group.Name == after.Chosen)), after.Configuration);
    }

    [Fact]
    public void On_an_aligned_device_every_group_that_was_slimmed_is_at_a_multiple_or_at_its_minimum()
    {
        var steps = Run([Target.Parse("small: macs<=30M")], Exhaustive with { Alignment = 16, BlocksPerStep = 2 });
        foreach (var step in steps)
            Assert.All(Network.Groups, group => Assert.True(
                step.Configuration[group.Name] == group.Maximum || step.Configuration[group.Name] % 16 == 0 || step.Configuration[group.Name] == group.Minimum, $"{group.Name} in step {step.Step}"));
    }

    [Fact]
    public void A_budget_that_only_the_aligned_narrowest_network_meets_can_be_reached()
    {
        var latency = new FillingDevice();
        var (narrowest, aligned) = (latency.Price(Network.Resolve(Network.Narrowest)), latency.Price(Network.Resolve(Network.Aligned(Network.Narrowest, 16))));
        Assert.True(aligned < narrowest);
        var target = new Target("tight", [new(latency.Name, (aligned + narrowest) / 2)]);
        Assert.Empty(new GreedySlimmer(Network, [target], [latency], Exhaustive with { Alignment = 16 }).UnreachableBudgets());
        Assert.Single(new GreedySlimmer(Network, [target], [latency], Exhaustive).UnreachableBudgets());
    }

    [Fact]
    public void The_paper_rule_takes_the_candidate_with_the_lowest_loss()
    {
        var steps = Run([Target.Parse("half: macs<=100M")], Exhaustive);
        Assert.All(steps.Skip(1), step => Assert.Equal(step.Candidates.Min(candidate => candidate.Score), step.ScoreValue));
        Assert.All(steps.Skip(1), step => Assert.Equal(step.Candidates.MinBy(candidate => candidate.Score)!.Group, step.Chosen));
    }

    [Fact]
    public void The_ratio_rule_takes_the_least_loss_per_cost_saved()
    {
        var steps = Run([Target.Parse("half: macs<=100M")], Exhaustive with { Rule = StepRule.Ratio });
        foreach (var (before, after) in steps.Zip(steps.Skip(1)))
        {
            double Ratio(ScoredCandidate candidate) => Math.Max(candidate.Score - before.ScoreValue, 0) / (before.Cost["macs"] - candidate.Cost["macs"]);
            Assert.Equal(after.Candidates.Min(Ratio), Ratio(after.Candidates.Single(candidate => candidate.Group == after.Chosen)));
        }
    }

    [Fact]
    public void Ties_go_to_the_larger_saving_then_to_the_earlier_group()
    {
        var slimmer = new GreedySlimmer(Network, [Target.Parse("half: macs<=100M")], Costs, Exhaustive);
        var steps = slimmer.Run((_, candidates) => [.. candidates.Select(_ => 1.0)], []).Take(2).ToList();
        var largest = steps[1].Candidates.Min(candidate => candidate.Cost["macs"]);
        Assert.Equal(steps[1].Candidates.First(candidate => candidate.Cost["macs"] == largest).Group, steps[1].Chosen);
    }

    [Fact]
    public void Several_targets_are_met_in_one_pass_and_nested()
    {
        var slimmer = new GreedySlimmer(Network, Target.ParseAll(["a: macs<=150M", "b: macs<=80M, params<=2M", "c: macs<=40M"]), Costs, Exhaustive);
        var steps = slimmer.Run(new SyntheticScores(Network, 1).Delegate, []).ToList();
        var first = steps.SelectMany(step => slimmer.MetBy(step).Select(target => (target.Name, step.Configuration))).DistinctBy(pair => pair.Name).ToList();
        Assert.Equal(["a", "b", "c"], first.Select(pair => pair.Name));
        Assert.All(first.Zip(first.Skip(1)), pair => Assert.All(Network.Groups, group => Assert.True(pair.Second.Configuration[group.Name] <= pair.First.Configuration[group.Name])));
    }

    [Fact]
    public void The_binding_cost_falls_with_every_step()
    {
        var steps = Run([Target.Parse("tiny: params<=1M")], Exhaustive with { Rule = StepRule.Ratio });
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.True(pair.Second.Cost["params"] < pair.First.Cost["params"]));
    }

    /// <summary>A device's memory where the prediction counts, and where the least that no runtime does without is more than that.</summary>
    private static readonly IReadOnlyList<ICostModel> AllCosts = [.. CountedCosts.All, new DeviceMemory("box", 16, new(1.1, 0.1e6, 8, 0, 0)), new DeviceMemory("frugal", 16, new(0.3, 0, 8, 0, 0))];

    public static TheoryData<string, string> CostsOfNetworks => new(
        from network in new[] { MobileNetV1.Name, MobileNetV2.Name, BasicResNet.Name18 }
        from cost in AllCosts
        select (network, cost.Name));

    /// <summary>Several layers may hold the most activations: a step that takes away one of them saves nothing yet, and is on the way all the same.</summary>
    [Theory]
    [MemberData(nameof(CostsOfNetworks))]
    public void A_search_under_any_cost_without_times_reaches_what_the_narrowest_network_costs(string network, string cost)
    {
        var definition = NetworkCatalog.Create(new(network, StrideLayout.Cifar, 32, Classes: 10));
        var model = AllCosts.Single(model => model.Name == cost);
        var target = new Target("narrowest", [new(cost, model.Price(definition.Resolve(definition.Narrowest)) * (1 + 1e-12))]);
        var last = new GreedySlimmer(definition, [target], [model], SlimmingOptions.Fast).Run(new SyntheticScores(definition, 1).Delegate, []).Last();
        Assert.True(target.IsMetBy(last.Cost), $"{last.Cost[cost]} after {last.Step} steps");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void No_step_goes_down_to_a_width_that_the_device_takes_as_long_for_as_for_a_wider_one(int blocks)
    {
        var latency = new FillingDevice();
        var narrowest = latency.Price(Network.Resolve(Network.Aligned(Network.Narrowest, 16)));
        var options = Exhaustive with { Alignment = 16, BlocksPerStep = blocks };
        var steps = new GreedySlimmer(Network, [new("tight", [new(latency.Name, narrowest)])], [latency], options).Run(new SyntheticScores(Network, 1).Delegate, []).ToList();
        Assert.Equal(narrowest, steps[^1].Cost[latency.Name]);
        Assert.Equal(Network.Aligned(Network.Narrowest, 16), steps[^1].Configuration);
    }

    /// <summary>A measured table is not monotone: fewer channels, more time.</summary>
    [Fact]
    public void A_target_that_was_met_binds_no_more_though_its_cost_rises_again()
    {
        var (latency, widest) = (new RisingDevice(), new MultiplyAdds().Price(Network.Resolve(Network.Widest)));
        var targets = new Target[] { new("first", [new(latency.Name, latency.Price(Network.Resolve(Network.Widest)))]), new("second", [new("macs", widest / 3)]) };
        var slimmer = new GreedySlimmer(Network, targets, [latency, .. Costs], Exhaustive);
        var steps = slimmer.Run(new SyntheticScores(Network, 1).Delegate, []).ToList();
        Assert.Contains(targets[0], slimmer.MetBy(steps[0]));
        Assert.Contains(targets[1], slimmer.MetBy(steps[^1]));
        Assert.DoesNotContain(targets[0], slimmer.MetBy(steps[^1]));
    }

    /// <summary>An old rise is then a bound, and the search is lazy without losing anything.</summary>
    [Theory]
    [InlineData(StepRule.Paper, 1)]
    [InlineData(StepRule.Ratio, 1)]
    [InlineData(StepRule.Ratio, 3)]
    public void Where_rises_never_fall_rescoring_few_candidates_decides_as_scoring_all(StepRule rule, int rescored)
    {
        var targets = new[] { Target.Parse("half: macs<=60M") };
        var (all, few) = (new SyntheticScores(Network, 3), new SyntheticScores(Network, 3));
        var options = Exhaustive with { Rule = rule };
        var reference = new GreedySlimmer(Network, targets, Costs, options).Run(all.Delegate, []).Select(step => step.Chosen).ToList();
        var lazy = new GreedySlimmer(Network, targets, Costs, options with { RescoredCandidates = rescored }).Run(few.Delegate, []).Select(step => step.Chosen);
        Assert.Equal(reference, lazy);
        Assert.True(few.Scored * 3 < all.Scored, $"{few.Scored} against {all.Scored}");
    }

    /// <summary>Here every answer is worse than all before it: whatever was scored, the old rises of the others are less.</summary>
    [Fact]
    public void A_candidate_that_looks_better_than_all_that_were_scored_is_scored_too()
    {
        var (scores, asked) = (new SyntheticScores(Network, 3), 0);
        var options = new SlimmingOptions { RescoredCandidates = 2, RefreshInterval = 1000, Rule = StepRule.Paper };
        var steps = new GreedySlimmer(Network, [Target.Parse("most: macs<=30M")], Costs, options)
            .Run((current, candidates) => [.. scores.Delegate(current, candidates).Select(Worsened(++asked))], []).Take(6).ToList();
        Assert.All(steps.Skip(1), step => Assert.Equal(Network.Groups.Count, step.Candidates.DistinctBy(candidate => candidate.Group).Count()));
    }

    [Fact]
    public void Several_blocks_a_step_need_fewer_steps()
    {
        var one = Run([Target.Parse("half: macs<=80M")], Exhaustive);
        var two = Run([Target.Parse("half: macs<=80M")], Exhaustive with { BlocksPerStep = 2 });
        Assert.InRange(two.Count, one.Count / 2 - 2, one.Count / 2 + 6);
    }

    [Fact]
    public void Several_blocks_are_taken_only_where_they_are_a_small_part_of_their_group()
    {
        var steps = Run([Target.Parse("most: macs<=30M")], Exhaustive with { BlocksPerStep = 3, LargestShare = 0.25 });
        var taken = steps.Zip(steps.Skip(1), (before, after) => Taken(before.Configuration, after.Configuration, Network.Groups.Single(group => group.Name == after.Chosen))).ToList();
        Assert.All(taken, step => Assert.True(step.Blocks == 1 || step.Share <= 0.25, $"{step.Blocks} blocks, {step.Share} of the group"));
        Assert.Equal([1, 2, 3], taken.Select(step => step.Blocks).Distinct().Order());
    }

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(3, 1.0)]
    [InlineData(2, 0.25)]
    public void Down_to_the_narrowest_no_more_steps_are_taken_than_announced(int blocks, double share)
    {
        var options = Exhaustive with { BlocksPerStep = blocks, LargestShare = share };
        var narrowest = MultiplyAdds.Count(Network.Resolve(Network.Narrowest));
        var steps = Run([Target.Parse($"least: macs<={narrowest}")], options);
        Assert.InRange(steps.Count - 1, options.MostSteps(Network) / 2, options.MostSteps(Network));
    }

    private static (int Blocks, double Share) Taken(ChannelConfiguration before, ChannelConfiguration after, ChannelGroup group)
    {
        var (from, to) = (before[group.Name], after[group.Name]);
        return (group.Grid.Count(width => width >= to && width < from), (double)(from - to) / from);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void A_search_resumed_after_any_step_ends_as_an_unbroken_one(int kept)
    {
        var options = new SlimmingOptions { RescoredCandidates = 5, RefreshInterval = 6 };
        var targets = new[] { Target.Parse("half: macs<=80M") };
        var whole = new GreedySlimmer(Network, targets, Costs, options).Run(new SyntheticScores(Network, 5).Delegate, []).ToList();
        var scores = new SyntheticScores(Network, 5);
        var resumed = new GreedySlimmer(Network, targets, Costs, options).Run(scores.Delegate, [.. whole.Take(kept)]).ToList();
        Assert.Equal(whole.Select(step => step.Configuration), resumed.Select(step => step.Configuration));
        Assert.Equal(whole.Skip(kept).Sum(step => step.Candidates.Count), scores.Scored);
    }

    [Fact]
    public void A_trace_of_another_search_is_refused()
    {
        var whole = Run([Target.Parse("half: macs<=80M")], Exhaustive);
        var other = new GreedySlimmer(Network, [Target.Parse("half: params<=1M")], Costs, Exhaustive with { Rule = StepRule.Ratio });
        var fault = Assert.Throws<InvalidDataException>(() => other.Run(new SyntheticScores(Network, 1).Delegate, whole).ToList());
        Assert.Contains("another search", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_that_priced_other_costs_is_refused()
    {
        var whole = Run([Target.Parse("half: macs<=80M")], Exhaustive);
        var other = new GreedySlimmer(Network, [Target.Parse("small: size<=1MB")], [.. Costs, new ModelSize()], Exhaustive);
        Assert.Throws<InvalidDataException>(() => other.Run(new SyntheticScores(Network, 1).Delegate, whole).ToList());
    }

    [Fact]
    public void A_trace_by_loss_does_not_go_on_by_error()
    {
        var options = Exhaustive with { Score = SearchScore.Error };
        var error = Run([Target.Parse("half: macs<=80M")], options);
        Assert.All(error, step => Assert.Equal("error", Assert.Single(step.Score).Key));
        Assert.Throws<InvalidDataException>(() => Run([Target.Parse("half: macs<=80M")], Exhaustive, error));
    }

    [Fact]
    public void An_unreachable_budget_is_told_with_a_reachable_one()
    {
        var slimmer = new GreedySlimmer(Network, Target.ParseAll(["a: macs<=1K", "b: params<=9K"]), Costs, Exhaustive);
        var problems = slimmer.UnreachableBudgets();
        Assert.Equal(2, problems.Count);
        var named = problems[0][(problems[0].LastIndexOf(' ') + 1)..];
        Assert.Empty(new GreedySlimmer(Network, [Target.Parse($"a: {named}")], Costs, Exhaustive).UnreachableBudgets());
    }

    [Fact]
    public void Wrong_options_are_told_all_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => new GreedySlimmer(
            Network, [Target.Parse("a: latency@phone<=1ms")], Costs, new() { RescoredCandidates = 0, BlocksPerStep = 0, RefreshInterval = 0, LargestShare = 0 }));
        Assert.Equal(5, fault.Message.Split(Environment.NewLine).Length);
    }

    private static Func<double, double> Worsened(int by) => score => score + Math.Pow(3, by);

    private static List<SlimmingStep> Run(IReadOnlyList<Target> targets, SlimmingOptions options, params IReadOnlyList<SlimmingStep> earlier) =>
        [.. new GreedySlimmer(Network, targets, Costs, options).Run(new SyntheticScores(Network, 1).Delegate, earlier)];

    /// <summary>The fewer channels, the longer it takes.</summary>
    private sealed class RisingDevice : ICostModel
    {
        public string Name => "latency@rising";

        public double Price(ResolvedNetwork network) => 1e9 / network.Signatures.Sum(signature => (double)signature.OutputChannels);
    }

    /// <summary>Fills channels up to multiples of 16, and loses a fifth by it.</summary>
    private sealed class FillingDevice : ICostModel
    {
        public string Name => "latency@filling";

        public double Price(ResolvedNetwork network) => network.Signatures.Sum(signature => FilledUp(signature.Input.Channels) * FilledUp(signature.OutputChannels) / 1e6);

        private static double FilledUp(int channels) => channels % 16 == 0 ? channels : 1.2 * (channels + 16 - channels % 16);
    }
}
