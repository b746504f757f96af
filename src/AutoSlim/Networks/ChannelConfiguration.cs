using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AutoSlim.Networks;

/// <summary>How many channels every group of a network has. A value: immutable, compared by content, in the network's group order.</summary>
public sealed class ChannelConfiguration : IEquatable<ChannelConfiguration>, IEnumerable<KeyValuePair<string, int>>
{
    private readonly OrderedDictionary<string, int> channels;

    public ChannelConfiguration(IEnumerable<KeyValuePair<string, int>> channels) => this.channels = new(channels);

    public int Count => channels.Count;

    /// <exception cref="ArgumentException">The network has no such group.</exception>
    public int this[string group] => channels.TryGetValue(group, out var count)
        ? count
        : throw new ArgumentException($"no channel group '{group}'; known: {string.Join(", ", channels.Keys)}", nameof(group));

    /// <summary>The same configuration with one group at another width.</summary>
    public ChannelConfiguration With(string group, int count)
    {
        _ = this[group];
        return new(channels.Select(pair => pair.Key == group ? new(group, count) : pair));
    }

    /// <summary>The configuration after one slimming step on <paramref name="group"/>, or null when the group is at its minimum.</summary>
    /// <param name="group">Of the same network.</param>
    /// <param name="alignment">Channels that the device works on at once; 1 for the published grid.</param>
    public ChannelConfiguration? Shrink(ChannelGroup group, int alignment = 1) =>
        group.Below(this[group.Name], alignment) is int below ? With(group.Name, below) : null;

    /// <summary>The narrowest configuration that holds all of these: the largest number of each group.</summary>
    /// <param name="configurations">At least one; all of one network.</param>
    public static ChannelConfiguration Covering(IReadOnlyCollection<ChannelConfiguration> configurations) => new(configurations.First()
        .Select(pair => KeyValuePair.Create(pair.Key, configurations.Max(configuration => configuration[pair.Key]))));

    public bool Equals([NotNullWhen(true)] ChannelConfiguration? other) => other is not null && channels.SequenceEqual(other.channels);

    public override bool Equals(object? obj) => Equals(obj as ChannelConfiguration);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (group, count) in channels)
        {
            hash.Add(group);
            hash.Add(count);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<KeyValuePair<string, int>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, int>>)channels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => string.Join(" ", channels.Select(pair => $"{pair.Key}={pair.Value}"));
}
