namespace AutoSlim.Costs;

/// <summary>Prices of one operator at some input and output widths, not necessarily a full grid, and bilinear between them.</summary>
internal sealed class CostSurface
{
    private readonly SortedDictionary<int, SortedDictionary<int, double>> rows = [];

    public void Add(int input, int output, double price)
    {
        if (!rows.TryGetValue(input, out var row)) rows[input] = row = [];
        row[output] = price;
    }

    /// <summary>The measured price, or one between the four corners that lie tightest around the widths, or null when none do.</summary>
    public double? Price(int input, int output)
    {
        if (rows.TryGetValue(input, out var row) && row.TryGetValue(output, out var measured)) return measured;
        if (Tightest(input, output) is not (Bracket inputs, Bracket outputs)) return null;
        return inputs.Between(Along(inputs.Low), Along(inputs.High));

        double Along(int corner) => outputs.Between(rows[corner][outputs.Low], rows[corner][outputs.High]);
    }

    /// <summary>
    /// Tight is judged by ratio, as prices grow with widths. Tables that several networks share have holes, so the nearest width of each
    /// dimension alone is not enough: all four corners must be there. Ties go to the widths found first: low from near, then high from near.
    /// </summary>
    private (Bracket Inputs, Bracket Outputs)? Tightest(int input, int output)
    {
        (Bracket Inputs, Bracket Outputs)? tightest = null;
        var ratio = double.PositiveInfinity;
        foreach (var low in rows.Keys.Where(width => width <= input).Reverse())
            foreach (var high in rows.Keys.Where(width => width >= input))
            {
                var inputs = new Bracket(low, input, high);
                if (inputs.Ratio >= ratio || Bracket.Around(output, rows[low].Keys.Where(rows[high].ContainsKey)) is not Bracket outputs) continue;
                if (inputs.Ratio * outputs.Ratio >= ratio) continue;
                (tightest, ratio) = ((inputs, outputs), inputs.Ratio * outputs.Ratio);
            }

        return tightest;
    }
}
