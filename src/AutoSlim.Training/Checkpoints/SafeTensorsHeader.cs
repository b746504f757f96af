using System.Text.Json;

namespace AutoSlim.Training.Checkpoints;

/// <summary>The JSON header of a safetensors file, checked entry by entry.</summary>
internal sealed record SafeTensorsHeader(IReadOnlyList<TensorEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    public const string MetadataName = "__metadata__";

    private const int MaximumDimensions = 16;

    /// <summary>An entry is an object of scalars and arrays: anything deeper is no header.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    /// <exception cref="CheckpointException">Not a safetensors header; the message does not name the file.</exception>
    public static SafeTensorsHeader Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new CheckpointException("the header is not a JSON object");
            var properties = document.RootElement.EnumerateObject().ToList();
            var metadata = properties.Where(property => property.Name == MetadataName).SelectMany(property => Strings(property.Value));
            return new([.. properties.Where(property => property.Name != MetadataName).Select(Entry)], metadata.ToDictionary());
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new CheckpointException($"the header is not valid JSON: {fault.Message}");
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Strings(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object || metadata.EnumerateObject().Any(property => property.Value.ValueKind != JsonValueKind.String))
            throw new CheckpointException($"{MetadataName} is not an object of strings");
        return metadata.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value.GetString()!));
    }

    private static TensorEntry Entry(JsonProperty property)
    {
        var (name, value) = (property.Name, property.Value);
        var type = Member(name, value, "dtype", JsonValueKind.String).GetString();
        var shape = Numbers(name, "shape", Member(name, value, "shape", JsonValueKind.Array));
        var offsets = Numbers(name, "data_offsets", Member(name, value, "data_offsets", JsonValueKind.Array));
        if (ElementTypes.Parse(type) is not { } known)
            throw new CheckpointException($"tensor '{name}' has elements of type '{type}', expected {string.Join(" or ", ElementTypes.Names)}");
        if (offsets.Length != 2) throw new CheckpointException($"tensor '{name}' has {offsets.Length} data_offsets, expected a begin and an end");
        return new(name, known, shape, offsets[0], offsets[1]);
    }

    private static JsonElement Member(string tensor, JsonElement entry, string member, JsonValueKind kind)
    {
        if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty(member, out var found) && found.ValueKind == kind) return found;
        throw new CheckpointException($"tensor '{tensor}' has no '{member}' of kind {kind}");
    }

    private static long[] Numbers(string tensor, string member, JsonElement array)
    {
        if (array.GetArrayLength() > MaximumDimensions)
            throw new CheckpointException($"tensor '{tensor}' has a '{member}' of {array.GetArrayLength()} numbers, at most {MaximumDimensions} are read");
        return [.. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number) && number >= 0
            ? number
            : throw new CheckpointException($"tensor '{tensor}' has {item} in '{member}', expected a whole number, 0 or above"))];
    }
}
