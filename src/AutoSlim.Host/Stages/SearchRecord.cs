using System.Text.Json;
using System.Text.Json.Serialization;
using AutoSlim.Files;
using AutoSlim.Host.Commands;
using AutoSlim.Profiling;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>search.json: how and on which weights a run's trace was begun. A search of other options might go on for many steps before it decides otherwise.</summary>
/// <param name="Options">How it searches.</param>
/// <param name="Supernet">SHA-256 of the supernet's file.</param>
internal sealed record SearchRecord(SlimmingOptions Options, string Supernet)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static SearchRecord Of(RunFolder run, SlimmingOptions options) => new(options, ContentHash.Of(File.ReadAllBytes(run.SupernetPath)));

    /// <summary>Keeps the record of a search that begins now; one that goes on must be the same.</summary>
    /// <param name="run">The search's.</param>
    /// <param name="goesOn">Whether the trace holds steps.</param>
    /// <exception cref="UsageException">The trace was begun otherwise; names each difference.</exception>
    /// <exception cref="InvalidDataException">The file is damaged; says what to do.</exception>
    public void Begin(RunFolder run, bool goesOn)
    {
        if (!goesOn) Write(run.SearchPath);
        else if (File.Exists(run.SearchPath)) RequireSame(run);
    }

    private void RequireSame(RunFolder run)
    {
        var before = Read(run.SearchPath);
        var differences = SettingDifferences.Between(before, this, Json).ToList();
        if (differences.Count > 0)
            throw new UsageException([.. differences.Select(difference => $"'{run.TracePath}' was begun otherwise: {difference}; give what it was{(IsTyped(difference) ? $" ({SearchChoice.Flags(before.Options)})" : "")}, or delete the trace to search anew")]);
    }

    /// <summary>The supernet and the devices' alignment are not.</summary>
    private static bool IsTyped(string difference) => difference.StartsWith("options.", StringComparison.Ordinal) && !difference.StartsWith("options.alignment", StringComparison.Ordinal);

    private void Write(string path) => WholeFile.WriteText(path, JsonSerializer.Serialize(this, Json) + "\n");

    private static SearchRecord Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SearchRecord>(File.ReadAllText(path), Json) is { Options: not null } record ? record : throw new JsonException("a key is missing");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"'{path}' is damaged ({fault.Message.TrimEnd('.')}); delete it and the trace to search anew", fault);
        }
    }
}
