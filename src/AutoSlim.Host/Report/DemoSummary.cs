using System.Text.Json;
using System.Text.Json.Serialization;
using AutoSlim.Files;

namespace AutoSlim.Host.Report;

/// <summary>What a demo run came to: the content of summary.json, its keys in the order of the properties.</summary>
/// <param name="Device">Name of the device that was measured.</param>
/// <param name="Dataset">Name of the data set.</param>
/// <param name="Targets">In the order in which they were asked for.</param>
/// <param name="Seconds">How long each stage took.</param>
public sealed record DemoSummary(string Device, string Dataset, IReadOnlyList<TargetSummary> Targets, StageSeconds Seconds)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";

    /// <summary>Writes summary.json whole or not at all.</summary>
    public void Write(string path) => WholeFile.WriteText(path, ToJson());
}
