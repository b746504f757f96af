using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary>Everything wrong with a parsed command line, in words that say what to do.</summary>
internal static class UsageProblems
{
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var empty = Empty(parsed.CommandResult).ToList();
        if (parsed.Errors.Count == 0) return empty;
        if (command.Subcommands.Count > 0) return [Verb(command, parsed.UnmatchedTokens)];
        var missing = command.Arguments.Where(argument => IsMissing(parsed, argument)).ToList();
        return
        [
            .. empty,
            .. missing.Select(argument => $"{argument.Name} is missing; give {argument.Description}{See(command)}"),
            .. parsed.UnmatchedTokens.Select(token => Surplus(command, token)),
            .. parsed.Errors.Select(error => error.Message).Except(Replaced(parsed, command)).Select(message => Located(command, message)),
        ];
    }

    /// <summary>As a shell gives a variable that is not set: no option and no argument takes it.</summary>
    private static IEnumerable<string> Empty(CommandResult command) => command.Children
        .Where(given => given.Tokens.Any(token => token.Value.Length == 0))
        .Select(given => $"{(given is OptionResult option ? option.Option.Name : ((ArgumentResult)given).Argument.Name)} is empty; give a value or leave it out{See(command.Command)}");

    private static bool IsMissing(ParseResult parsed, Argument argument) =>
        argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 };

    /// <summary>The parser's own words for what is said better here.</summary>
    private static IEnumerable<string> Replaced(ParseResult parsed, Command command) =>
    [
        $"Required argument missing for command: '{command.Name}'.",
        .. parsed.UnmatchedTokens.Select(token => $"Unrecognized command or argument '{token}'."),
    ];

    private static string Verb(Command root, IReadOnlyList<string> tokens)
    {
        var verbs = root.Subcommands.Select(verb => verb.Name).ToList();
        var given = tokens.Count == 0 ? "no verb given" : $"unknown verb '{tokens[0]}'";
        var hint = tokens.Count == 0 ? "" : NearestName.Hint(tokens[0], verbs);
        return $"{given}; choose one of {string.Join(", ", verbs)}{hint}{See(root)}";
    }

    private static string Surplus(Command command, string token)
    {
        if (!token.StartsWith('-')) return $"unexpected argument '{token}'; '{command.Name}' takes {Arguments(command)} only{See(command)}";
        var options = command.Options.Select(option => option.Name).ToList();
        return $"unknown option '{token}'; '{command.Name}' knows {string.Join(", ", options)}{NearestName.Hint(token, options)}";
    }

    private static string Arguments(Command command) =>
        command.Arguments.Count == 0 ? "options" : string.Join(' ', command.Arguments.Select(argument => argument.Name)) + " and options";

    /// <summary>The parser's own messages are sentences that end with a stop and never say where to read on; the verbs' messages are complete.</summary>
    private static string Located(Command command, string message) => message.EndsWith('.') ? message.TrimEnd('.') + See(command) : message;

    private static string See(Command command) => $" (see '{Path(command)} --help')";

    /// <summary>As it is typed, from the program's name on.</summary>
    private static string Path(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is Command parent ? $"{Path(parent)} {command.Name}" : command.Name;
}
