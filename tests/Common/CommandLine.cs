using AutoSlim.Host.Commands;

namespace AutoSlim.Tests.Common;

/// <summary>Runs <c>autoslim</c> in this process and keeps what it wrote.</summary>
internal sealed record CommandLine(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Problems => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static async Task<CommandLine> RunAsync(params IReadOnlyList<string> arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var exitCode = await CommandRunner.RunAsync(arguments, output, error);
        return new(exitCode, output.ToString(), error.ToString());
    }
}
