using System.Text.Json;
using AutoSlim.Costs;
using AutoSlim.Files;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Demo;

/// <summary>What a demo run decided on the way and how long its stages took: kept so that an interrupted run goes on with the same.</summary>
internal sealed record DemoState
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>As <c>--target</c> writes them.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    public IReadOnlyList<UniformPartner> Partners { get; init; } = [];

    /// <summary>Wall-clock seconds by stage, over all sittings that ended of their own accord or by Ctrl-C.</summary>
    public IReadOnlyDictionary<string, double> Seconds { get; init; } = new Dictionary<string, double>();

    public static DemoState Read(RunFolder run)
    {
        if (!File.Exists(run.StatePath)) return new();
        try
        {
            return JsonSerializer.Deserialize<DemoState>(File.ReadAllText(run.StatePath), Json) ?? new();
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"'{run.StatePath}' is not the state of a demo run: {fault.Message}; choose another folder", fault);
        }
    }

    /// <exception cref="UsageException">The run was begun with other targets.</exception>
    public void RequireSame(IReadOnlyList<Target> targets, RunFolder run)
    {
        if (Targets.Count == 0 || targets.Count == 0 || Targets.SequenceEqual(targets.Select(target => target.ToString()))) return;
        throw new UsageException([.. Targets.Select(target => $"'{run.Path}' was begun with the target '{target}'; give the same ones, none, or another folder")]);
    }

    public void Write(RunFolder run) => WholeFile.WriteText(run.StatePath, JsonSerializer.Serialize(this, Json) + "\n");

    public DemoState WithSeconds(string stage, double seconds) =>
        this with { Seconds = new Dictionary<string, double>(Seconds) { [stage] = Seconds.GetValueOrDefault(stage) + seconds } };
}
