using System.Diagnostics;
using System.Text.RegularExpressions;
using AutoSlim.Tests.Common;

namespace AutoSlim.EndToEnd.Tests;

/// <summary>The README promises commands; they must exist.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Root = FindRoot();
    private static readonly string Readme = File.ReadAllText(Path.Combine(Root, "README.md"));

    [Fact]
    public void It_opens_with_the_two_commands()
    {
        var commands = Readme.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim()).Take(2);
        Assert.Equal(["dotnet run --project src/AutoSlim.Host -c Release -- demo", "dotnet test"], commands);
        Assert.True(File.Exists(Path.Combine(Root, "src", "AutoSlim.Host", "AutoSlim.Host.csproj")));
    }

    [Fact]
    public async Task Every_verb_it_names_exists_and_every_verb_is_named()
    {
        var named = VerbRow().Matches(Readme).SelectMany(row => VerbName().Matches(row.Value)).Select(verb => verb.Groups[1].Value).Distinct();
        var help = (await CommandLine.RunAsync("--help")).Output;
        var known = HelpRow().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(row => row.Groups[1].Value);
        Assert.Equal(known.Order(), named.Order());
    }

    [Fact]
    public void Every_folder_and_file_it_names_is_there()
    {
        foreach (Match path in PathName().Matches(Readme))
            Assert.True(Path.Exists(Path.Combine(Root, path.Value)), $"README.md names {path.Value}, which is not there");
    }

    /// <summary>The report is promised in <c>runs/demo</c>, from where the first command is typed; the web SDK would move it.</summary>
    [Fact]
    public async Task The_first_command_runs_where_it_is_typed()
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(Root, "src", "AutoSlim.Host", "AutoSlim.Host.csproj"), "-getProperty:RunWorkingDirectory"]) { RedirectStandardOutput = true };
        using var evaluation = Process.Start(start)!;
        var folder = await evaluation.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await evaluation.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, evaluation.ExitCode);
        Assert.Equal("", folder.Trim());
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AutoSlim.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| `.*$", RegexOptions.Multiline)]
    private static partial Regex VerbRow();

    [GeneratedRegex("`([a-z]+)[ `]")]
    private static partial Regex VerbName();

    [GeneratedRegex("^  ([a-z]+) ", RegexOptions.Multiline)]
    private static partial Regex HelpRow();

    [GeneratedRegex(@"(?:src|tests|agents|benchmarks)/[A-Za-z./0-9-]*[A-Za-z0-9]")]
    private static partial Regex PathName();
}
