using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Stages;

namespace AutoSlim.Host.Jobs;

/// <summary>One verb of a job, as it would be typed.</summary>
/// <param name="Arguments">The verb and what follows it.</param>
internal sealed record JobStep(IReadOnlyList<string> Arguments)
{
    /// <summary>Profiling keeps a device busy, and this machine only where that is the device.</summary>
    private const string ProfilingVerb = "profile";

    private static readonly string[] Verbs = ["train", ProfilingVerb, "slim", "retrain", "export", "verify"];
    private static readonly string[] OwnOptions = ["--port", "--server"];

    /// <summary>Whether it trains, scores or runs a network on this machine.</summary>
    public bool Computes => Arguments[0] != ProfilingVerb || (Value("--device") ?? DeviceSession.LocalDevice) == DeviceSession.LocalDevice;

    public string Text => string.Join(' ', Arguments.Select(argument => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument));

    /// <summary>Splits a line as a shell would.</summary>
    public static JobStep Parse(string line) => new([.. CommandLineParser.SplitCommandLine(line)]);

    /// <summary>What an option says, however it is written: <c>--out DIR</c>, <c>--out=DIR</c> or <c>--out:DIR</c>; null where it is not given.</summary>
    public string? Value(string option) => Arguments.Index().Where(argument => Option(argument.Item) == option)
        .Select(argument => argument.Item.Length > option.Length ? argument.Item[(option.Length + 1)..] : Arguments.ElementAtOrDefault(argument.Index + 1)).FirstOrDefault();

    private static string Option(string argument) => argument.Split('=', ':')[0];

    /// <summary>All that is wrong, without running anything.</summary>
    public IReadOnlyList<string> Problems()
    {
        if (Arguments.Count == 0) return ["it is empty"];
        if (!Verbs.Contains(Arguments[0])) return [$"'{Arguments[0]}' is no verb for a job, expected one of {string.Join(", ", Verbs)}"];
        if (Arguments.FirstOrDefault(argument => OwnOptions.Any(option => Option(argument) == option)) is string own) return [$"'{own}' is for the host to say: leave it out"];
        if (Arguments.Any(argument => argument is "--help" or "-h" or "-?")) return ["it asks for help"];
        return UsageProblems.Of(AutoSlimCommand.Create().Parse(Arguments, new ParserConfiguration { ResponseFileTokenReplacer = null }));
    }
}
