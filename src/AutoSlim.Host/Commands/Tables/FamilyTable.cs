using AutoSlim.Costs.Review;
using AutoSlim.Host.Terminal;
using Spectre.Console;

namespace AutoSlim.Host.Commands.Tables;

/// <summary>One line for each operator: how many widths it was measured at, what it costs, and how many of its cells to doubt.</summary>
internal static class FamilyTable
{
    public static Table Of(IReadOnlyList<OperatorFamily> families)
    {
        var table = TerminalTable.Create("operator", "widths", "us", "doubtful");
        foreach (var family in families)
            table.AddRow(new Text(family.Name), new Text($"{family.Cells.Count}"), new Text(Range(family)), new Text(Doubts(family)));
        return table;
    }

    private static string Range(OperatorFamily family)
    {
        var prices = family.Cells.Select(cell => cell.PriceMicroseconds).OfType<double>().ToList();
        return prices.Count == 0 ? "-" : $"{HeatMap.Number(prices.Min())} - {HeatMap.Number(prices.Max())}";
    }

    private static string Doubts(OperatorFamily family)
    {
        var doubtful = family.Cells.Count(cell => cell.Flaws.Count > 0);
        return doubtful == 0 ? "" : $"{doubtful}";
    }
}
