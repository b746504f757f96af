using System.CommandLine;
using AutoSlim.Costs;
using AutoSlim.Costs.Import;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Commands.Tables;

/// <summary><c>profiles import</c>: a latency table that somebody else measured, as a cost table of ours.</summary>
internal sealed class ProfilesImport
{
    private const int UnmappedShown = 5;

    private readonly Argument<string> file = new("FILE") { Description = "The table: a pickle of NetAdapt, or YAML or JSON of once-for-all or ProxylessNAS." };
    private readonly Option<string> format = new("--format") { HelpName = string.Join('|', ImportFormatWords.All), Description = "Whose table it is.", Required = true };
    private readonly Option<string> device = new("--device") { HelpName = "NAME", Description = "What budgets call the device: latency@NAME.", Required = true };
    private readonly Option<int?> batch = new("--batch") { HelpName = "N", Description = "Images that were timed at once, each of which is charged an equal share. Default: 1; NetAdapt needs it." };
    private readonly Option<string?> unit = new("--unit") { HelpName = string.Join('|', TimeUnitWords.All), Description = "Of the file's times. Default: s for NetAdapt, ms for the others." };
    private readonly Option<string> profiles = RunOptions.Profiles();

    public Command Command
    {
        get
        {
            var verb = new Command("import", "Makes a cost table of a latency table that somebody else measured.") { file, format, device, batch, unit, profiles };
            format.AcceptOnlyFromAmong([.. ImportFormatWords.All]);
            unit.AcceptOnlyFromAmong([.. TimeUnitWords.All]);
            verb.Validators.Add(result => Ranges.Check(result, batch, 1, ImportOptions.MaximumBatch));
            verb.Validators.Add(result =>
            {
                if (result.GetResult(device)?.Tokens is [var name] && AgentHello.NameProblem(name.Value) is string problem) result.AddError(problem);
            });
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (path, folder, name) = (parsed.GetValue(file)!, parsed.GetValue(profiles)!, parsed.GetValue(device)!);
        var options = new ImportOptions
        {
            Format = ImportFormatWords.Parse(parsed.GetValue(format)!),
            Batch = parsed.GetValue(batch),
            Unit = parsed.GetValue(unit) is string word ? TimeUnitWords.Parse(word) : null,
        };
        if (options.Problems() is { Count: > 0 } problems) throw new UsageException(problems);
        if (CostTableFile.Of(folder, name).FirstOrDefault(table => !CostTableFile.Read(table).IsImported) is string measured)
            throw new UsageException($"device '{name}' measured '{measured}' itself; give what is imported another --device");
        var imported = TableImport.Read(path, options);
        await WriteAsync(imported, CostTableFile.PathFor(folder, name, imported.Table.Device), parsed.InvocationConfiguration);
    }

    private static async Task WriteAsync(ImportedTable imported, string path, InvocationConfiguration console)
    {
        if (CostTableFile.Replace(path, imported.Table) is string notice) await console.Error.WriteLineAsync(notice);
        foreach (var line in LeftOut(imported.Unmapped)) await console.Error.WriteLineAsync(line);
        await console.Output.WriteLineAsync(
            $"{path}: {imported.Table.Measurements.Count:N0} operators from {imported.Times:N0} times"
            + (imported.MaximumMisfit > 0 ? FormattableString.Invariant($"; a block's operators add up to its time within {imported.MedianMisfit:0.0 %} (median) and {imported.MaximumMisfit:0.0 %} (worst)") : ""));
    }

    private static IEnumerable<string> LeftOut(IReadOnlyList<UnmappedTimes> unmapped)
    {
        if (unmapped.Count == 0) yield break;
        yield return $"profiles import: times of the file that are left out: {unmapped.Sum(entry => entry.Times):N0}";
        foreach (var entry in unmapped.Take(UnmappedShown)) yield return $"  {entry}";
        if (unmapped.Count > UnmappedShown) yield return $"  and {unmapped.Count - UnmappedShown:N0} more entries";
    }
}
