namespace AutoSlim.Costs;

/// <summary>A width between two measured ones.</summary>
/// <param name="Low">At most <paramref name="Width"/>.</param>
/// <param name="Width">What is asked for.</param>
/// <param name="High">At least <paramref name="Width"/>.</param>
internal readonly record struct Bracket(int Low, int Width, int High)
{
    /// <summary>1 when the width itself was measured.</summary>
    public double Ratio => Low == High ? 1 : High / (double)Low;

    /// <summary>The nearest measured widths on both sides, or null.</summary>
    public static Bracket? Around(int width, IEnumerable<int> measured)
    {
        int? low = null, high = null;
        foreach (var candidate in measured)
        {
            if (candidate <= width && !(candidate < low)) low = candidate;
            if (candidate >= width && !(candidate > high)) high = candidate;
        }

        return low is int lower && high is int upper ? new(lower, width, upper) : null;
    }

    /// <summary>Linear from the price at <see cref="Low"/> to the price at <see cref="High"/>.</summary>
    public double Between(double atLow, double atHigh) => Low == High ? atLow : (atLow * (High - Width) + atHigh * (Width - Low)) / (High - Low);
}
