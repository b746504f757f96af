namespace AutoSlim.Networks;

/// <summary>Checks a published channel list against a network and turns it into a configuration.</summary>
internal static class PublishedList
{
    public static ChannelConfiguration Read(NetworkDefinition definition, IReadOnlyList<string> order, IReadOnlyList<int> list)
    {
        if (list.Count != order.Count + 1)
            throw new InvalidChannelsException([$"the channel list has {list.Count} numbers, {definition.Name} takes {order.Count + 1} (classes last)"]);
        var problems = new List<string>();
        var channels = new Dictionary<string, int>();
        for (var i = 0; i < order.Count; i++)
        {
            if (!channels.TryAdd(order[i], list[i]) && channels[order[i]] != list[i])
                problems.Add($"number {i + 1} is {list[i]}, but group '{order[i]}' has {channels[order[i]]} channels already: its layers are tied, make the numbers equal");
        }

        problems.AddRange(GroupChannels.Problems(definition, channels));
        if (list[^1] != definition.Specification.Classes)
            problems.Add($"the list ends with {list[^1]} classes, the network has {definition.Specification.Classes}");
        if (problems.Count > 0) throw new InvalidChannelsException(problems);
        return GroupChannels.InOrder(definition, channels);
    }
}
