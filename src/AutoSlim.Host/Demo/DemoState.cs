using System.Text.Json;
using AutoSlim.Files;
using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Demo;

/// <summary>What a demo run decided on the way and how long its stages took: kept so that an interrupted run goes on with the same.</summary>
internal sealed record DemoState
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>As <c>--target</c> writes them.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>By target: measured over predicted latency of the network last chosen for it.</summary>
    public IReadOnlyDictionary<string, double> Corrections { get; init; } = new Dictionary<string, double>();

    /// <summary>By target: what the search divides its latency budgets by; lags one round behind <see cref="Corrections"/>.</summary>
    public IReadOnlyDictionary<string, double> SearchCorrections { get; init; } = new Dictionary<string, double>();

    /// <summary>Whether the corrections are final: every chosen network was measured within its budget, or the rounds were spent.</summary>
    public bool Settled { get; init; }

    public IReadOnlyList<UniformPartner> Partners { get; init; } = [];

    /// <summary>Wall-clock seconds by stage, over all sittings.</summary>
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

    public void Write(RunFolder run) => WholeFile.WriteText(run.StatePath, JsonSerializer.Serialize(this, Json) + "\n");

    public DemoState WithSeconds(string stage, double seconds) =>
        this with { Seconds = new Dictionary<string, double>(Seconds) { [stage] = Seconds.GetValueOrDefault(stage) + seconds } };
}
