namespace AutoSlim.Networks;

/// <summary>Checks channels given by group name against a network.</summary>
internal static class GroupChannels
{
    public static IReadOnlyList<string> Problems(NetworkDefinition definition, IReadOnlyDictionary<string, int> channels)
    {
        var names = definition.Groups.Select(group => group.Name).ToList();
        return
        [
            .. channels.Keys.Except(names).Select(name => $"{definition.Name} has no group '{name}'{NearestName.Hint(name, names)}"),
            .. names.Except(channels.Keys).Select(name => $"group '{name}' of {definition.Name} is missing: name every group"),
            .. definition.Groups.Where(group => channels.TryGetValue(group.Name, out var count) && !group.Contains(count))
                .Select(group => OutOfRange(group, channels[group.Name])),
        ];
    }

    public static ChannelConfiguration InOrder(NetworkDefinition definition, IReadOnlyDictionary<string, int> channels) =>
        new(definition.Groups.Select(group => KeyValuePair.Create(group.Name, channels[group.Name])));

    public static string OutOfRange(ChannelGroup group, int channels) =>
        $"group '{group.Name}' has {channels} channels; choose {group.Minimum} to {group.Maximum}";
}
