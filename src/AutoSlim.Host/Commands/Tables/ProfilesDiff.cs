using System.CommandLine;
using AutoSlim.Costs.Review;
using AutoSlim.Host.Terminal;
using Spectre.Console;

namespace AutoSlim.Host.Commands.Tables;

/// <summary><c>profiles diff</c>: what got slower and quicker between two tables, and by how much in all.</summary>
internal sealed class ProfilesDiff
{
    private readonly Argument<string> before = TableArgument.Create("BEFORE");
    private readonly Argument<string> after = TableArgument.Create("AFTER");
    private readonly Option<int> top = new("--top") { HelpName = "N", Description = "Entries to list at each end.", DefaultValueFactory = _ => 10 };
    private readonly Option<string> profiles = RunOptions.Profiles();
    private readonly Option<bool> json = CommonOptions.Json();

    public Command Command
    {
        get
        {
            var verb = new Command("diff", "What got slower and quicker between two tables.") { before, after, top, profiles, json };
            verb.Validators.Add(result => Ranges.Check(result, top, 1, 1_000_000));
            return verb.Runs(RunAsync);
        }
    }

    private Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = parsed.GetValue(profiles)!;
        var comparison = CostTableComparison.Of(TableArgument.Read(parsed.GetValue(before)!, folder), TableArgument.Read(parsed.GetValue(after)!, folder));
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json)) JsonOutput.Write(output, ComparisonDescription.Of(comparison));
        else Write(TerminalOutput.For(output), comparison, parsed.GetValue(top));
        return Task.CompletedTask;
    }

    private static void Write(IAnsiConsole console, CostTableComparison comparison, int top)
    {
        foreach (var change in comparison.DeviceChanges) console.WriteLine(change);
        console.WriteLine($"{comparison.Both.Count:N0} entries in both, {comparison.OnlyBefore.Count:N0} only before, {comparison.OnlyAfter.Count:N0} only after");
        if (comparison.Memories.Count > 0) console.Write(MemoryTable.Of(comparison.Memories));
        if (comparison.MedianRatio is not double ratio) return;
        console.WriteLine(FormattableString.Invariant($"the median entry takes {ratio:0.000} times as long; {comparison.Both.Count(change => change.IsCertain):N0} differ beyond their intervals{Unbounded(comparison)}"));
        var told = comparison.Both.Where(change => change.IsCertain || change.IsUnbounded).ToList();
        Write(console, "slower", [.. told.Where(change => change.Ratio > 1).Take(top)]);
        Write(console, "quicker", [.. told.Where(change => change.Ratio < 1).Reverse().Take(top)]);
    }

    private static string Unbounded(CostTableComparison comparison) => comparison.Both.Count(change => change.IsUnbounded) is > 0 and var unbounded
        ? $"; of {unbounded:N0} the spread is not known, as of all that was imported: they are listed whatever they differ by"
        : "";

    private static void Write(IAnsiConsole console, string name, IReadOnlyList<EntryChange> changes)
    {
        if (changes.Count == 0) return;
        var table = TerminalTable.Create(name, "before us", "after us", "ratio");
        foreach (var change in changes)
            table.AddRow(new Text(change.Name), new Text(HeatMap.Number(change.Before.MedianMicroseconds)), new Text(HeatMap.Number(change.After.MedianMicroseconds)), new Text(FormattableString.Invariant($"{change.Ratio:0.00}")));
        console.Write(table);
    }
}
