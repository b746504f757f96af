using System.Text.Json;

namespace AutoSlim.Host.Stages;

/// <summary>Tells what differs between settings of now and of before, one line for each, by the names that they have in their file.</summary>
internal static class SettingDifferences
{
    /// <param name="before">Those of before.</param>
    /// <param name="now">Of the same kind.</param>
    /// <param name="json">As they are written.</param>
    public static IEnumerable<string> Between<T>(T before, T now, JsonSerializerOptions json)
    {
        var (theirs, mine) = (Flat(before, json), Flat(now, json));
        return mine.Keys.Union(theirs.Keys)
            .Where(key => mine.GetValueOrDefault(key) != theirs.GetValueOrDefault(key))
            .Select(key => $"{key} was {theirs.GetValueOrDefault(key, "not set")}, now {mine.GetValueOrDefault(key, "not set")}");
    }

    private static Dictionary<string, string> Flat<T>(T settings, JsonSerializerOptions json)
    {
        var flat = new Dictionary<string, string>();
        Flatten(JsonSerializer.SerializeToElement(settings, json), "", flat);
        return flat;
    }

    private static void Flatten(JsonElement element, string name, Dictionary<string, string> flat)
    {
        if (element.ValueKind == JsonValueKind.Null) return;
        if (element.ValueKind != JsonValueKind.Object)
        {
            flat[name] = element.ToString();
            return;
        }

        foreach (var property in element.EnumerateObject()) Flatten(property.Value, name.Length == 0 ? property.Name : $"{name}.{property.Name}", flat);
    }
}
