using AutoSlim.Networks;
using AutoSlim.Training.Scoring;

namespace AutoSlim.Training.Tests.Scoring;

public sealed class ReusePlanTests
{
    [Fact]
    public void An_equal_network_is_reused_whole()
    {
        var widest = Widest(MobileNetV2.Name);
        Assert.All(ReusePlan.Of(widest, widest), reuse => Assert.Equal(Reuse.Whole, reuse));
    }

    [Fact]
    public void A_narrower_expansion_hands_its_first_channels_on_until_the_projection_mixes_them()
    {
        var plan = AfterShrinking(MobileNetV2.Name, "block5.expand");
        Assert.Equal([Reuse.Whole, Reuse.FirstChannels, Reuse.FirstChannels, Reuse.None], [plan["block4.residual"], plan["block5.expand"], plan["block5.depthwise"], plan["block5.project"]]);
        Assert.Equal(Reuse.None, plan["classifier"]);
    }

    [Fact]
    public void A_sum_of_two_narrowed_tensors_is_narrowed_and_one_that_ran_must_run()
    {
        var plan = AfterShrinking(ResNet50.Name, "stage1");
        var sums = plan.Where(pair => pair.Key.StartsWith("stage1", StringComparison.Ordinal) && pair.Key.EndsWith("residual", StringComparison.Ordinal)).Select(pair => pair.Value).ToList();
        Assert.Equal(Reuse.FirstChannels, sums[0]);
        Assert.All(sums.Skip(1), sum => Assert.Equal(Reuse.None, sum));
    }

    [Fact]
    public void The_gate_of_squeeze_and_excitation_mixes_channels()
    {
        var plan = AfterShrinking(MobileNetV3.LargeName, "block3.expand");
        Assert.Equal(Reuse.None, plan["block3.scale"]);
        Assert.Equal(Reuse.FirstChannels, plan["block3.depthwise"]);
    }

    [Fact]
    public void A_wider_candidate_runs()
    {
        var definition = NetworkCatalog.Create(new(MobileNetV1.Name, StrideLayout.Imagenet, 32, 3, 10));
        Assert.All(ReusePlan.Of(definition.Resolve(definition.Narrowest), definition.Resolve(definition.Widest)), reuse => Assert.Equal(Reuse.None, reuse));
    }

    private static ResolvedNetwork Widest(string network)
    {
        var definition = NetworkCatalog.Create(new(network, StrideLayout.Imagenet, 32, 3, 10));
        return definition.Resolve(definition.Widest);
    }

    private static Dictionary<string, Reuse> AfterShrinking(string network, string group)
    {
        var widest = Widest(network);
        var narrower = widest.Configuration.Shrink(widest.Definition.Groups.Single(candidate => candidate.Name == group))!;
        var candidate = widest.Definition.Resolve(narrower);
        return candidate.Layers.Zip(ReusePlan.Of(widest, candidate)).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }
}
