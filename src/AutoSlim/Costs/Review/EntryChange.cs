namespace AutoSlim.Costs.Review;

/// <summary>One entry as two tables have it.</summary>
/// <param name="Name">Of the entry.</param>
/// <param name="Before">In the first table.</param>
/// <param name="After">In the second.</param>
public sealed record EntryChange(string Name, Measurement Before, Measurement After)
{
    /// <summary>Above 1: slower in the second table.</summary>
    public double Ratio => After.MedianMicroseconds / Before.MedianMicroseconds;

    /// <summary>Whether one of the two has no known spread, as what was imported.</summary>
    public bool IsUnbounded => double.IsInfinity(Before.UpperMicroseconds) || double.IsInfinity(After.UpperMicroseconds);

    /// <summary>Whether the intervals of the two medians do not touch.</summary>
    public bool IsCertain => After.LowerMicroseconds > Before.UpperMicroseconds || Before.LowerMicroseconds > After.UpperMicroseconds;
}
