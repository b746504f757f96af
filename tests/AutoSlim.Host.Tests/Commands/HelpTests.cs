using AutoSlim.Tests.Common;

namespace AutoSlim.Host.Tests.Commands;

/// <summary>The command line as scripts and people know it. A deliberate change: copy the new text into the snapshot beside this file.</summary>
public sealed class HelpTests
{
    [Theory]
    [InlineData("autoslim")]
    [InlineData("networks")]
    [InlineData("describe")]
    [InlineData("demo")]
    [InlineData("train")]
    [InlineData("profile")]
    [InlineData("profiles")]
    [InlineData("profiles show")]
    [InlineData("profiles diff")]
    [InlineData("profiles export")]
    [InlineData("profiles import")]
    [InlineData("slim")]
    [InlineData("retrain")]
    [InlineData("export")]
    [InlineData("verify")]
    [InlineData("serve")]
    [InlineData("devices")]
    [InlineData("devices revoke")]
    [InlineData("operator renew")]
    [InlineData("enroll")]
    [InlineData("jobs")]
    [InlineData("jobs submit")]
    [InlineData("jobs watch")]
    [InlineData("jobs cancel")]
    [InlineData("jobs resume")]
    public async Task Help_text_is_unchanged(string verb)
    {
        var run = await CommandLine.RunAsync(verb == "autoslim" ? ["--help"] : [.. verb.Split(' '), "--help"]);
        Assert.Equal(0, run.ExitCode);
        var snapshot = Path.Combine(AppContext.BaseDirectory, "Commands", $"help.{verb.Replace(' ', '.')}.txt");
        Assert.Equal(Trimmed(await File.ReadAllTextAsync(snapshot, TestContext.Current.CancellationToken)), Trimmed(run.Output));
    }

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).Trim();
}
