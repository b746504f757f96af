using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoSlim.Profiling;

namespace AutoSlim.Costs;

/// <summary>The text of a <see cref="CostTableFile"/>. Every text is taken for hostile when it is read.</summary>
internal static class CostTableJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter<ProbeStatus>(allowIntegerValues: false) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static string Write(CostTable table)
    {
        var text = new StringBuilder();
        text.Append("{\n  \"format\": ").Append(CostTableFile.Format).Append(",\n  \"fingerprint\": ").Append(Json(table.Device.Fingerprint));
        text.Append(",\n  \"device\": ").Append(Lines(Fields(table.Device).Select(field => (field.Key, field.Value))));
        text.Append(",\n  \"entries\": ").Append(Lines(table.Measurements.Select(entry => (entry.Key, Json(CostTableLine.Of(entry.Value))))));
        if (table.Memories.Count > 0) text.Append(",\n  \"memory\": ").Append(Lines(table.Memories.Select(entry => (entry.Key, Json(entry.Value)))));
        return text.Append("\n}\n").ToString();
    }

    public static CostTable Read(string text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            CheckFormat(document.RootElement);
            return Table(document.RootElement.Deserialize<CostTableDocument>(Options)!);
        }
        catch (FormatException fault)
        {
            throw new CostTableFileException(path, fault.Message, fault);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new CostTableFileException(path, $"it is cut off or no JSON of format {CostTableFile.Format} ({fault.Message.TrimEnd('.')})", fault);
        }
    }

    /// <summary>A description's fields as JSON values, in the order of the file.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(DeviceDescription device) =>
        [.. JsonSerializer.SerializeToElement(device, Options).EnumerateObject().Select(field => KeyValuePair.Create(field.Name, Json(field.Value)))];

    /// <summary>The fields that differ, one line each.</summary>
    public static IReadOnlyList<string> Changes(DeviceDescription before, DeviceDescription now) => [.. Fields(before)
        .Zip(Fields(now))
        .Where(pair => pair.First.Value != pair.Second.Value)
        .Select(pair => $"{pair.First.Key} {pair.First.Value} -> {pair.Second.Value}")];

    private static void CheckFormat(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format))
            throw new FormatException("found JSON without a \"format\", expected the times of one device");
        if (format.ValueKind != JsonValueKind.Number || !format.TryGetInt32(out var version) || version != CostTableFile.Format)
            throw new FormatException($"its format is {format.GetRawText()}, expected {CostTableFile.Format}: another release wrote it");
    }

    private static CostTable Table(CostTableDocument document)
    {
        if (document.Device.Problem() is string problem) throw new FormatException(problem);
        if (document.Fingerprint != document.Device.Fingerprint)
            throw new FormatException($"its fingerprint is '{document.Fingerprint}', but that of its device is '{document.Device.Fingerprint}': it was edited");
        var table = new CostTable(document.Device);
        foreach (var (name, line) in document.Entries) table.Record(name, Checked(name, line));
        foreach (var (name, memory) in document.Memory ?? new Dictionary<string, NetworkMemory?>()) table.RecordMemory(name, Checked(name, memory));
        return table;
    }

    private static NetworkMemory Checked(string name, NetworkMemory? memory)
    {
        if (memory is null) throw new FormatException($"memory of '{name}' is null, expected bytes");
        return memory.Problem() is string problem ? throw new FormatException($"memory of '{name}': {problem}") : memory;
    }

    private static Measurement Checked(string name, CostTableLine? line)
    {
        var measurement = line?.ToMeasurement() ?? throw new FormatException($"entry '{name}' is null, expected a measurement");
        return measurement.Problem() is string problem ? throw new FormatException($"entry '{name}': {problem}") : measurement;
    }

    private static string Lines(IEnumerable<(string Name, string Value)> lines)
    {
        var joined = string.Join(",\n", lines.Select(line => $"    {Json(line.Name)}: {line.Value}"));
        return joined.Length == 0 ? "{}" : $"{{\n{joined}\n  }}";
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, Options);
}
