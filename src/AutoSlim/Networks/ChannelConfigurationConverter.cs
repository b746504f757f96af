using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoSlim.Networks;

/// <summary>A configuration as a JSON object of group names and channels, in the network's group order.</summary>
public sealed class ChannelConfigurationConverter : JsonConverter<ChannelConfiguration>
{
    public override ChannelConfiguration Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<OrderedDictionary<string, int>>(ref reader, options) ?? throw new JsonException("a configuration is null"));

    public override void Write(Utf8JsonWriter writer, ChannelConfiguration value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (group, channels) in value) writer.WriteNumber(group, channels);
        writer.WriteEndObject();
    }
}
