using System.CommandLine;
using AutoSlim.Files;

namespace AutoSlim.Host.Commands.Tables;

/// <summary><c>profiles export</c>: a table as CSV.</summary>
internal sealed class ProfilesExport
{
    private readonly Argument<string> table = TableArgument.Create();
    private readonly Option<string?> file = new("--out") { HelpName = "FILE", Description = "Where to. Default: the standard output." };
    private readonly Option<string> profiles = RunOptions.Profiles();

    public Command Command => new Command("export", "Writes a table as CSV, a row for each entry, times in microseconds.") { table, file, profiles }.Runs(RunAsync);

    private Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var text = TableCsv.Of(TableArgument.Read(parsed.GetValue(table)!, parsed.GetValue(profiles)!));
        if (parsed.GetValue(file) is string path) WholeFile.WriteText(path, text);
        else parsed.InvocationConfiguration.Output.Write(text);
        return Task.CompletedTask;
    }
}
