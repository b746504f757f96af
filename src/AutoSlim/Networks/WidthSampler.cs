namespace AutoSlim.Networks;

/// <summary>Which configurations one training step runs: the first is the teacher of the others.</summary>
public sealed class WidthSampler
{
    /// <summary>Of the paper's steps.</summary>
    public const int UsualRandomMembers = 2;

    public const int MostRandomMembers = 64;

    private readonly IReadOnlyList<ChannelConfiguration> always;
    private readonly IReadOnlyList<(string Group, IReadOnlyList<int> Widths)> grids;
    private readonly IReadOnlyList<string> names;
    private readonly int randomMembers;

    private WidthSampler(IReadOnlyList<ChannelConfiguration> always, NetworkDefinition definition, int randomMembers, params IReadOnlyList<string> names)
    {
        (this.always, this.randomMembers, this.names) = (always, randomMembers, names);
        grids = [.. definition.Groups.Select(group => (group.Name, group.Grid))];
    }

    /// <summary>One fixed width: retraining.</summary>
    public static WidthSampler Only(NetworkDefinition definition, ChannelConfiguration configuration) => new([configuration], definition, 0, "network");

    /// <summary>The same widths in every step: the members of a switchable network.</summary>
    /// <param name="definition">Their network.</param>
    /// <param name="members">At least one, by the name that logs call it; the first is the teacher where one teaches the others.</param>
    public static WidthSampler Always(NetworkDefinition definition, IReadOnlyList<KeyValuePair<string, ChannelConfiguration>> members) =>
        new([.. members.Select(member => member.Value)], definition, 0, [.. members.Select(member => member.Key)]);

    /// <summary>The sandwich rule: widest, narrowest and random non-uniform members (universally slimmable networks, section 3.2).</summary>
    public static WidthSampler Sandwich(NetworkDefinition definition, int randomMembers = UsualRandomMembers) =>
        new([definition.Widest, definition.Narrowest], definition, randomMembers, "widest", "narrowest");

    public int Members => always.Count + randomMembers;

    /// <summary>What each member of a step is, in their order: of a sandwich widest, narrowest, random, random.</summary>
    public IReadOnlyList<string> Roles => [.. names, .. Enumerable.Repeat("random", randomMembers)];

    /// <summary>The members of every step, by role.</summary>
    public IReadOnlyDictionary<string, ChannelConfiguration> FixedMembers => names.Zip(always).ToDictionary(member => member.First, member => member.Second);

    public IReadOnlyList<ChannelConfiguration> Sample(ref SplitMix64 random)
    {
        var members = new List<ChannelConfiguration>(always);
        for (var i = 0; i < randomMembers; i++) members.Add(RandomMember(ref random));
        return members;
    }

    /// <summary>
    /// Every group draws its width on its own. Independent even draws would put nearly all members at one middle size and leave
    /// the sizes that small budgets need untrained, so each member first draws a mean level and its groups tilt towards it:
    /// U^(1/level - 1) has that mean.
    /// </summary>
    public ChannelConfiguration RandomMember(ref SplitMix64 random)
    {
        var exponent = 1 / (0.1 + 0.8 * random.Unit()) - 1;
        var channels = new List<KeyValuePair<string, int>>(grids.Count);
        foreach (var (group, widths) in grids)
        {
            var level = Math.Pow(random.Unit(), exponent);
            channels.Add(new(group, widths[Math.Min((int)(level * widths.Count), widths.Count - 1)]));
        }

        return new(channels);
    }
}
