using System.Text.Json;
using AutoSlim.Costs;
using AutoSlim.Files;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>settling.json: how far a run's search and its devices have settled, and for which targets.</summary>
internal sealed record SettlingRecord(IReadOnlyList<string> Targets, SettlingState State)
{
    /// <summary>Of networks that earlier searches of the run chose for other targets, and that are still there.</summary>
    public IReadOnlyList<SettledNetwork> Earlier { get; init; } = [];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The beginning where there is no record, or one of other targets, or no trace: whoever deletes the trace searches anew.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; says what to do.</exception>
    public static SettlingState Read(RunFolder run, IReadOnlyList<Target> targets) =>
        File.Exists(run.TracePath) && Read(run) is SettlingRecord record && record.Targets.SequenceEqual(Texts(targets)) ? record.State : new();

    /// <summary>What the search that ended last learnt of a device, by target: measured over predicted; empty where nothing was.</summary>
    public static IReadOnlyDictionary<string, double> Corrections(RunFolder run, string cost) => (Read(run)?.Networks() ?? [])
        .Where(network => network.Corrections.ContainsKey(cost)).ToDictionary(network => network.Name, network => BudgetCorrection.Expected(network.Corrections[cost]));

    /// <summary>What the run's networks were chosen for, by whichever search; empty where none was.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; says what to do.</exception>
    public static IReadOnlyList<Target> TargetsOf(RunFolder run)
    {
        try
        {
            return Target.ParseAll([.. (Read(run)?.Networks() ?? []).Select(network => network.Target)]);
        }
        catch (InvalidTargetException fault)
        {
            throw Damaged(run, fault);
        }
    }

    public static void Write(RunFolder run, IReadOnlyList<Target> targets, SettlingState state)
    {
        var names = targets.Select(target => target.Name).ToHashSet();
        var earlier = (Read(run)?.Networks() ?? []).Where(network => !names.Contains(network.Name));
        WholeFile.WriteText(run.SettlingPath, JsonSerializer.Serialize(new SettlingRecord(Texts(targets), state) { Earlier = [.. earlier] }, Json) + "\n");
    }

    /// <summary>Of this search, then of earlier ones.</summary>
    private IEnumerable<SettledNetwork> Networks() => Targets.Select(target => SettledNetwork.Of(target, State)).Concat(Earlier);

    private static SettlingRecord? Read(RunFolder run)
    {
        if (!File.Exists(run.SettlingPath)) return null;
        try
        {
            return JsonSerializer.Deserialize<SettlingRecord>(File.ReadAllText(run.SettlingPath), Json) is { Targets: not null, State: { Corrections: not null, Missed: not null }, Earlier: not null } record ? record : throw new JsonException("a key is missing");
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
