using Spectre.Console;

namespace AutoSlim.Host.Terminal;

/// <summary>A console for tables over any writer: colours and the window's width on a terminal, plain text of 80 columns elsewhere.</summary>
public static class TerminalOutput
{
    private const int PlainColumns = 80;

    public static IAnsiConsole For(TextWriter writer)
    {
        var output = new AnsiConsoleOutput(writer);
        var console = AnsiConsole.Create(new() { Out = output, Ansi = output.IsTerminal ? AnsiSupport.Detect : AnsiSupport.No });
        if (!output.IsTerminal) console.Profile.Width = PlainColumns;
        return console;
    }

    /// <summary>Plain text of 80 columns, on a terminal too.</summary>
    public static IAnsiConsole PlainFor(TextWriter writer)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        console.Profile.Width = PlainColumns;
        return console;
    }
}
