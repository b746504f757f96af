using System.Text.Json;
using AutoSlim.Costs;
using AutoSlim.Files;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>settling.json: how far a run's search and its devices have settled, and for which targets.</summary>
internal sealed record SettlingRecord(IReadOnlyList<string> Targets, SettlingState State)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The beginning where there is no record, or one of other targets, or no trace: whoever deletes the trace searches anew.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; says what to do.</exception>
    public static SettlingState Read(RunFolder run, IReadOnlyList<Target> targets) =>
        File.Exists(run.TracePath) && Read(run) is SettlingRecord record && record.Targets.SequenceEqual(Texts(targets)) ? record.State : new();

    /// <summary>What the search that ended last learnt of a device, by target: measured over predicted; empty where nothing was.</summary>
    public static IReadOnlyDictionary<string, double> Corrections(RunFolder run, string cost) =>
        (Read(run)?.State ?? new()).CorrectionsOf(cost).ToDictionary(pair => pair.Key, pair => BudgetCorrection.Expected(pair.Value));

    /// <summary>What the search that ended last was for; empty where none was.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; says what to do.</exception>
    public static IReadOnlyList<Target> TargetsOf(RunFolder run)
    {
        try
        {
            return Target.ParseAll(Read(run)?.Targets ?? []);
        }
        catch (InvalidTargetException fault)
        {
            throw Damaged(run, fault);
        }
    }

    public static void Write(RunFolder run, IReadOnlyList<Target> targets, SettlingState state) =>
        WholeFile.WriteText(run.SettlingPath, JsonSerializer.Serialize(new SettlingRecord(Texts(targets), state), Json) + "\n");

    private static SettlingRecord? Read(RunFolder run)
    {
        if (!File.Exists(run.SettlingPath)) return null;
        try
        {
            return JsonSerializer.Deserialize<SettlingRecord>(File.ReadAllText(run.SettlingPath), Json) is { Targets: not null, State: { Corrections: not null, Missed: not null } } record ? record : throw new JsonException("a key is missing");
        }
        catch (JsonException fault)
        {
            throw Damaged(run, fault);
        }
    }

    private static InvalidDataException Damaged(RunFolder run, Exception fault) =>
        new($"'{run.SettlingPath}' is damaged ({fault.Message.TrimEnd('.')}); delete it, and slim measures its choices again", fault);

    private static List<string> Texts(IReadOnlyList<Target> targets) => [.. targets.Select(target => target.ToString())];
}
