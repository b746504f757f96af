using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Tests.Slimming;

public sealed class SupernetHealthTests
{
    private static readonly NetworkDefinition Network = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Cifar, 32, Classes: 10));

    [Fact]
    public void A_supernet_whose_loss_rises_as_it_narrows_is_healthy()
    {
        var health = SupernetHealth.Of(Network, new SyntheticScores(Network, 7).Delegate, seed: 1);
        Assert.True(health.IsHealthy);
        Assert.InRange(health.MiddleLoss, 0.2 * health.NarrowestLoss, 0.5 * health.NarrowestLoss);
    }

    [Fact]
    public void A_supernet_that_learnt_only_its_ends_is_not() => Assert.False(SupernetHealth.Of(
        Network, (_, candidates) => [.. candidates.Select(it => it.Equals(Network.Widest) ? 0.5 : it.Equals(Network.Narrowest) ? 0.7 : 0.8)], seed: 1).IsHealthy);

    [Theory]
    [InlineData(0.5, 0.6, 0.7, true)]
    [InlineData(0.5, 0.7, 0.7, false)]
    [InlineData(0.6, 0.6, 0.7, false)]
    [InlineData(0.5, double.NaN, 0.7, false)]
    public void Each_size_must_be_better_than_the_next(double widest, double middle, double narrowest, bool healthy) =>
        Assert.Equal(healthy, new SupernetHealth(widest, middle, narrowest).IsHealthy);

    [Fact]
    public void The_seed_decides_which_mid_sizes_are_asked_for()
    {
        IReadOnlyList<ChannelConfiguration> Asked(ulong seed)
        {
            IReadOnlyList<ChannelConfiguration> asked = [];
            SupernetHealth.Of(Network, (_, candidates) => [.. (asked = candidates).Select(_ => 1.0)], seed);
            return asked;
        }

        Assert.Equal(Asked(1), Asked(1));
        Assert.NotEqual(Asked(1), Asked(2));
        Assert.Equal(2 + SupernetHealth.MiddleConfigurations, Asked(1).Distinct().Count());
    }
}
