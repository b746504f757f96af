using System.Globalization;
using AutoSlim.Costs.Review;
using AutoSlim.Host.Terminal;
using Spectre.Console;

namespace AutoSlim.Host.Commands.Tables;

/// <summary>
/// What an operator costs by input and output width, darker where a multiply-add is dearer: the device wastes time there. As many
/// columns to a table as fit the window.
/// </summary>
internal static class HeatMap
{
    private const int FirstColumn = 10;
    private const int Column = 12;
    private static readonly string[] Shades = ["  ", "░░", "▒▒", "▓▓", "██"];

    public static void Write(IAnsiConsole console, OperatorFamily family)
    {
        console.WriteLine();
        console.WriteLine(family.Name);
        foreach (var outputs in Columns(family).Chunk(Math.Max(1, (console.Profile.Width - FirstColumn) / Column))) console.Write(Part(family, outputs));
        foreach (var flaw in family.Cells.SelectMany(cell => cell.Flaws).Distinct().Order()) console.WriteLine($"{Mark(flaw)} {Meaning(flaw)}");
    }

    /// <summary>Three digits at most.</summary>
    public static string Number(double value) => value switch
    {
        0 => "0",
        < 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };

    /// <summary>Where input and output are one number there is one column.</summary>
    private static IReadOnlyList<int> Columns(OperatorFamily family) => family.Cells[0].Signature.KeepsChannels ? [0] : family.OutputWidths;

    private static Table Part(OperatorFamily family, IReadOnlyList<int> outputs)
    {
        var table = TerminalTable.Create("us", [.. outputs.Select(output => output == 0 ? "" : $"to {output}")]);
        foreach (var input in family.InputWidths)
            table.AddRow([new Text($"{input}"), .. outputs.Select(output => new Text(Cell(family, family.At(input, output == 0 ? input : output))))]);
        return table;
    }

    private static string Cell(OperatorFamily family, OperatorCell? cell)
    {
        if (cell is null) return "";
        var flaws = string.Concat(cell.Flaws.Select(Mark));
        return cell.PriceMicroseconds is double price ? $"{flaws}{Number(price)} {Shade(family, cell)}" : flaws;
    }

    /// <summary>By the dearest of the operator's multiply-adds.</summary>
    private static string Shade(OperatorFamily family, OperatorCell cell)
    {
        var dearest = family.DearestMicrosecondsPerMillion ?? 0;
        return dearest > 0 && cell.MicrosecondsPerMillion is double own ? Shades[(int)Math.Min(own / dearest * Shades.Length, Shades.Length - 1)] : "";
    }

    private static string Mark(CellFlaw flaw) => flaw switch
    {
        CellFlaw.NotMeasured => "?",
        CellFlaw.NoContext => "!",
        CellFlaw.TooQuick => "<",
        CellFlaw.Wide => "~",
        CellFlaw.DearerThanWider => "^",
        CellFlaw.NoSpread => "*",
        _ => throw new ArgumentOutOfRangeException(nameof(flaw), flaw, null),
    };

    /// <summary>Of a flaw, for people: goes on from the cell.</summary>
    public static string Meaning(CellFlaw flaw) => flaw switch
    {
        CellFlaw.NotMeasured => "was not measured well; profile it again",
        CellFlaw.NoContext => "has no measured context to subtract; profile it again",
        CellFlaw.TooQuick => "took no longer than its context: priced at 0",
        CellFlaw.Wide => "has an interval wider than a tenth of its price",
        CellFlaw.DearerThanWider => "took longer than a wider one, beyond both intervals",
        CellFlaw.NoSpread => "has a spread that is not known",
        _ => throw new ArgumentOutOfRangeException(nameof(flaw), flaw, null),
    };
}
