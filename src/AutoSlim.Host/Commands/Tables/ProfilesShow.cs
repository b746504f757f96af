using System.CommandLine;
using AutoSlim.Costs;
using AutoSlim.Costs.Review;
using AutoSlim.Host.Terminal;
using Spectre.Console;

namespace AutoSlim.Host.Commands.Tables;

/// <summary><c>profiles show</c>: what a table holds, where it is thin, and as a heat map what its operators cost by width.</summary>
internal sealed class ProfilesShow
{
    private readonly Argument<string> table = TableArgument.Create();
    private readonly Option<string?> only = new("--operator") { HelpName = "TEXT", Description = "Heat maps of the operators whose names contain it, such as 'Depthwise' or 'x14x14'." };
    private readonly Option<string> profiles = RunOptions.Profiles();
    private readonly Option<bool> json = CommonOptions.Json();

    public Command Command => new Command("show", "What a table holds, where it is thin, and what operators cost by width.") { table, only, profiles, json }.Runs(RunAsync);

    private Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var read = TableArgument.Read(parsed.GetValue(table)!, parsed.GetValue(profiles)!);
        var review = CostTableReview.Of(read);
        var families = Chosen(review, parsed.GetValue(only));
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json)) JsonOutput.Write(output, TableDescription.Of(read, review, families));
        else Write(TerminalOutput.For(output), read, review, families, parsed.GetValue(only) is not null);
        return Task.CompletedTask;
    }

    private static IReadOnlyList<OperatorFamily> Chosen(CostTableReview review, string? text)
    {
        if (text is null) return review.Families;
        var chosen = review.Families.Where(family => family.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return chosen.Count > 0 ? chosen : throw new UsageException($"no operator's name contains '{text}'; the table has {string.Join("; ", review.Families.Select(family => family.Name))}");
    }

    private static void Write(IAnsiConsole console, CostTable table, CostTableReview review, IReadOnlyList<OperatorFamily> families, bool closely)
    {
        var device = table.Device;
        if (table.IsImported) console.WriteLine($"{device.Runtime}, from a file with SHA-256 {device.NativeLibraryHash[..12]}; nothing else is known of the device");
        else console.WriteLine($"{device.Processor}, {device.OperatingSystem}, {device.ExecutionProvider}, {device.IntraOpThreads} thread{(device.IntraOpThreads > 1 ? "s" : "")}, {device.Runtime} {device.RuntimeVersion}");
        console.WriteLine($"{review.Cells.Count():N0} operators, {review.Contexts:N0} contexts, {review.Networks:N0} networks");
        console.WriteLine(table.IsImported ? "timed alone or in blocks, and never checked on a whole network; the spread of no time is known" : AlignmentText(DeviceAlignment.Of(table)));
        if (closely)
            foreach (var family in families) HeatMap.Write(console, family);
        else console.Write(FamilyTable.Of(families));
        if (!closely && table.Memories.Count > 0) console.Write(MemoryTable.Of(table.Memories));
    }

    private static string AlignmentText(int? alignment) => alignment switch
    {
        null => "its alignment was not measured; profile it again to find it",
        DeviceAlignment.None => "it takes any width as it is",
        int channels => $"it works on {channels} channels at once: other widths cost as much as the next multiple",
    };
}
