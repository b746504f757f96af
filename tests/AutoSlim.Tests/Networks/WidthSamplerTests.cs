using AutoSlim.Networks;

namespace AutoSlim.Tests.Networks;

public sealed class WidthSamplerTests
{
    private static readonly NetworkDefinition Definition = NetworkCatalog.Create(new(MobileNetV2.Name, StrideLayout.Imagenet, 224));

    [Fact]
    public void A_sandwich_is_the_widest_the_narrowest_and_random_members()
    {
        var sampler = WidthSampler.Sandwich(Definition, randomMembers: 3);
        var members = Draw(sampler, 1);
        Assert.Equal((5, 5), (sampler.Members, members.Count));
        Assert.Equal([Definition.Widest, Definition.Narrowest], members.Take(2));
        Assert.Equal(3, members.Skip(2).Distinct().Count());
    }

    [Fact]
    public void Every_width_is_on_its_group_s_grid() =>
        Assert.All(Members(200), member => Assert.All(Definition.Groups, group => Assert.Contains(member[group.Name], group.Grid)));

    [Fact]
    public void Every_width_of_every_group_is_drawn()
    {
        var members = Members(4000);
        Assert.All(Definition.Groups, group => Assert.Equal(group.Grid, members.Select(member => member[group.Name]).Distinct().Order()));
    }

    /// <summary>Small budgets need small members: every fifth of the range of mean levels has its share.</summary>
    [Fact]
    public void The_mean_level_of_a_member_is_spread_over_the_whole_range()
    {
        var levels = Members(4000).Select(member => Definition.Groups.Average(group => Level(group, member[group.Name]))).ToList();
        foreach (var fifth in Enumerable.Range(0, 5)) Assert.InRange(levels.Count(level => (int)Math.Min(level * 5, 4) == fifth), 4000 * 0.14, 4000 * 0.26);
    }

    [Fact]
    public void Members_are_not_uniform()
    {
        var middle = Members(200).Where(member => Definition.Groups.Average(group => Level(group, member[group.Name])) is > 0.3 and < 0.7);
        Assert.All(middle, member => Assert.True(Definition.Groups.Select(group => Level(group, member[group.Name])).Distinct().Count() > 3));
    }

    [Fact]
    public void The_same_seed_draws_the_same_members()
    {
        var sampler = WidthSampler.Sandwich(Definition);
        Assert.Equal(Draw(sampler, 5), Draw(sampler, 5));
        Assert.NotEqual(Draw(sampler, 5), Draw(sampler, 6));
    }

    [Fact]
    public void Only_one_width_is_that_width() =>
        Assert.Equal([Definition.Narrowest], Draw(WidthSampler.Only(Definition, Definition.Narrowest), 1));

    [Fact]
    public void Always_the_same_members_come_in_their_order_whatever_the_seed()
    {
        ChannelConfiguration[] members = [Definition.Uniform(0.5), Definition.Widest];
        Assert.Equal(members, Draw(WidthSampler.Always(Definition, [.. members.Select((member, index) => KeyValuePair.Create($"network {index}", member))]), 1));
        Assert.Equal(members, Draw(WidthSampler.Always(Definition, [.. members.Select((member, index) => KeyValuePair.Create($"network {index}", member))]), 2));
    }

    [Fact]
    public void What_covers_configurations_has_the_largest_number_of_each_group()
    {
        var (wideTail, wideStem) = (Definition.Narrowest.With("tail", 900), Definition.Narrowest.With("stem", 40));
        Assert.Equal(Definition.Narrowest.With("tail", 900).With("stem", 40), ChannelConfiguration.Covering([wideTail, wideStem]));
        Assert.Equal(wideTail, ChannelConfiguration.Covering([wideTail, Definition.Narrowest]));
    }

    private static IReadOnlyList<ChannelConfiguration> Draw(WidthSampler sampler, ulong seed)
    {
        var random = new SplitMix64(seed);
        return sampler.Sample(ref random);
    }

    private static List<ChannelConfiguration> Members(int count)
    {
        var (sampler, random) = (WidthSampler.Sandwich(Definition), new SplitMix64(7));
        return [.. Enumerable.Range(0, count).Select(_ => sampler.RandomMember(ref random))];
    }

    /// <summary>0 for the narrowest, 1 for the widest.</summary>
    private static double Level(ChannelGroup group, int channels) => group.Grid.ToList().IndexOf(channels) / (double)(group.Grid.Count - 1);
}
