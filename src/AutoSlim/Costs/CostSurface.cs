namespace AutoSlim.Costs;

/// <summary>Prices of one operator at some input and output widths, not necessarily a full grid, and bilinear between them.</summary>
/// <param name="alignment">See <see cref="DeviceAlignment"/>. Multiples of it are priced from multiples; what lies between is filled up.</param>
internal sealed class CostSurface(int alignment)
{
    private readonly SortedDictionary<int, SortedDictionary<int, double>> rows = [];
    private readonly SortedSet<int> outputs = [];

    public void Add(int input, int output, double price)
    {
        if (!rows.TryGetValue(input, out var row)) rows[input] = row = [];
        row[output] = price;
        outputs.Add(output);
    }

    /// <summary>The measured price, or one between the four corners that lie tightest around the widths, or null when none do.</summary>
    public double? Price(int input, int output)
    {
        if (rows.TryGetValue(input, out var row) && row.TryGetValue(output, out var measured)) return measured;
        var (filledInput, filledOutput) = (FilledUp(input, rows.Keys), FilledUp(output, outputs));
        return Between(filledInput, filledOutput, onlyMultiples: true) ?? Between(filledInput, filledOutput, onlyMultiples: false) ?? Between(input, output, onlyMultiples: false);
    }

    private double? Between(int input, int output, bool onlyMultiples)
    {
        if (Tightest(input, output, onlyMultiples) is not (Bracket inputs, Bracket outputs)) return null;
        return inputs.Between(Along(inputs.Low), Along(inputs.High));

        double Along(int corner) => outputs.Between(rows[corner][outputs.Low], rows[corner][outputs.High]);
    }

    /// <summary>What the device makes of a width that was not measured: the next multiple, or the widest measured where that lies beyond.</summary>
    private int FilledUp(int width, IEnumerable<int> measured)
    {
        if (width % alignment == 0 || measured.Contains(width) || width < measured.First() || width > measured.Last()) return width;
        return Math.Min(width + alignment - width % alignment, measured.Last());
    }

    /// <summary>
    /// Tight is judged by ratio, as prices grow with widths. Tables that several networks share have holes, so the nearest width of each
    /// dimension alone is not enough: all four corners must be there. Ties go to the widths found first: low from near, then high from near.
    /// </summary>
    private (Bracket Inputs, Bracket Outputs)? Tightest(int input, int output, bool onlyMultiples)
    {
        (Bracket Inputs, Bracket Outputs)? tightest = null;
        var ratio = double.PositiveInfinity;
        foreach (var low in rows.Keys.Where(width => width <= input && Counts(width, input)).Reverse())
            foreach (var high in rows.Keys.Where(width => width >= input && Counts(width, input)))
            {
                var inputs = new Bracket(low, input, high);
                if (inputs.Ratio >= ratio || Bracket.Around(output, rows[low].Keys.Where(width => Counts(width, output) && rows[high].ContainsKey(width))) is not Bracket outputs) continue;
                if (inputs.Ratio * outputs.Ratio >= ratio) continue;
                (tightest, ratio) = ((inputs, outputs), inputs.Ratio * outputs.Ratio);
            }

        return tightest;

        bool Counts(int width, int asked) => !onlyMultiples || width % alignment == 0 || width == asked;
    }
}
