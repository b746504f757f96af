using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoSlim.Training.Native;

/// <summary>A device in files, as people write it.</summary>
internal sealed class ComputeDeviceJson : JsonConverter<ComputeDevice>
{
    public override bool HandleNull => true;

    public override ComputeDevice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException($"the device is no text, expected {ComputeDevice.Forms}");
        return ComputeDevice.Parse(text) ?? throw new JsonException($"the device is '{text}', expected {ComputeDevice.Forms}");
    }

    public override void Write(Utf8JsonWriter writer, ComputeDevice value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
