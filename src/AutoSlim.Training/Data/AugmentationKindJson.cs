using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoSlim.Training.Data;

/// <summary>Reads and writes the name in lower case; a file of before there were names says true for <see cref="AugmentationKind.Shift"/>.</summary>
internal sealed class AugmentationKindJson : JsonConverter<AugmentationKind>
{
    public override AugmentationKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => AugmentationKind.Shift,
        JsonTokenType.False => AugmentationKind.None,
        JsonTokenType.String when Augmentation.Parse(reader.GetString()!) is { } kind => kind,
        _ => throw new JsonException($"expected one of {string.Join(", ", Augmentation.Names)}"),
    };

    public override void Write(Utf8JsonWriter writer, AugmentationKind value, JsonSerializerOptions options) => writer.WriteStringValue(Augmentation.NameOf(value));
}
