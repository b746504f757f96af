using System.Text.Json;

namespace AutoSlim.Host.Commands;

/// <summary>Results for scripts: camel-case keys in the order of the record's properties, indented.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write<T>(TextWriter output, T result) => output.WriteLine(JsonSerializer.Serialize(result, Options));
}
