namespace AutoSlim.Networks;

/// <summary>Checks a published channel list against a network and turns it into a configuration.</summary>
internal static class PublishedList
{
    public static ChannelConfiguration Read(NetworkDefinition definition, IReadOnlyList<string> order, IReadOnlyList<int> list)
    {
        if (list.Count != order.Count + 1)
            throw new ArgumentException($"the channel list has {list.Count} numbers, {definition.Name} takes {order.Count + 1} (classes last)");
        var problems = new List<string>();
        var channels = new Dictionary<string, int>();
        for (var i = 0; i < order.Count; i++)
        {
            if (!channels.TryAdd(order[i], list[i]) && channels[order[i]] != list[i])
                problems.Add($"position {i + 1} has {list[i]} channels, but group '{order[i]}' has {channels[order[i]]} already: its layers are tied and must be equal");
        }

        problems.AddRange(definition.Groups.Where(group => !group.Contains(channels[group.Name])).Select(group => OutOfRange(group, channels[group.Name])));
        if (list[^1] != definition.Specification.Classes)
            problems.Add($"the list ends with {list[^1]} classes, the network has {definition.Specification.Classes}");
        if (problems.Count > 0) throw new ArgumentException(string.Join(Environment.NewLine, problems));
        return new(definition.Groups.Select(group => KeyValuePair.Create(group.Name, channels[group.Name])));
    }

    private static string OutOfRange(ChannelGroup group, int channels) =>
        $"group '{group.Name}' has {channels} channels, expected {group.Minimum} to {group.Maximum}";
}
