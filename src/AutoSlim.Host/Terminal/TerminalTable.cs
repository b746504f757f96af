using Spectre.Console;

namespace AutoSlim.Host.Terminal;

/// <summary>The look of all tables: a name on the left, numbers on the right, a rule under the heads.</summary>
internal static class TerminalTable
{
    public static Table Create(string name, params IReadOnlyList<string> numbers)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumn(new TableColumn(new Text(name)));
        foreach (var number in numbers) table.AddColumn(new TableColumn(new Text(number)).RightAligned());
        return table;
    }
}
