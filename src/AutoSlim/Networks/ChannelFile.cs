using System.Text.Json;
using AutoSlim.Files;

namespace AutoSlim.Networks;

/// <summary>What a channels.json says: a network, how it is laid out, and the channels of every group. Checked when made.</summary>
public sealed record ChannelFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private ChannelFile(NetworkDefinition definition, ChannelConfiguration channels) => (Definition, Channels) = (definition, channels);

    /// <summary>The network whose groups hold the channels.</summary>
    public NetworkDefinition Definition { get; }

    public ChannelConfiguration Channels { get; }

    /// <exception cref="InvalidChannelsException">Groups that the network lacks or that are missing, or channels out of range.</exception>
    public static ChannelFile Of(NetworkDefinition definition, ChannelConfiguration channels)
    {
        var problems = GroupChannels.Problems(definition, channels.ToDictionary());
        return problems.Count == 0 ? new(definition, GroupChannels.InOrder(definition, channels.ToDictionary())) : throw new InvalidChannelsException(problems);
    }

    /// <exception cref="InvalidChannelsException">Not a channels.json, or one that does not fit its network: every problem of it.</exception>
    public static ChannelFile Parse(string json) => ChannelFileReader.Read(json);

    /// <inheritdoc cref="Parse"/>
    public static ChannelFile Read(string path) => Parse(File.ReadAllText(path));

    /// <summary>Reads the channels of a network that is known, however wide it may be.</summary>
    /// <exception cref="InvalidChannelsException">Not a channels.json, or one of another network: every problem of it.</exception>
    public static ChannelFile Read(string path, NetworkDefinition definition) => ChannelFileReader.Read(File.ReadAllText(path), definition);

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            network = Definition.Name,
            layout = Definition.Specification.Layout.Word(),
            resolution = Definition.Specification.Resolution,
            classes = Definition.Specification.Classes,
            channels = Channels.ToDictionary(),
        },
        Indented) + "\n";

    /// <summary>Writes the file whole or not at all.</summary>
    public void Write(string path) => WholeFile.WriteText(path, ToJson());
}
