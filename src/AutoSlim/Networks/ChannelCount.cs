namespace AutoSlim.Networks;

/// <summary>The width of a layer's output: a slimmable group's channels, or a fixed number (classes, input channels).</summary>
public readonly record struct ChannelCount
{
    private ChannelCount(string? group, int channels) => (Group, Channels) = (group, channels);

    /// <summary>The group's name, or null for a fixed width.</summary>
    public string? Group { get; }

    private int Channels { get; }

    public static ChannelCount Of(string group) => new(group, 0);

    public static ChannelCount Fixed(int channels) => new(null, channels);

    public int In(ChannelConfiguration configuration) => Group is null ? Channels : configuration[Group];
}
