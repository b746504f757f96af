namespace AutoSlim.Networks;

/// <summary>The rounding of width multipliers that the MobileNet papers share.</summary>
internal static class WidthRounding
{
    /// <summary>To a multiple of 8, at least 8, and never more than a tenth below <paramref name="value"/>.</summary>
    public static int ToEight(double value)
    {
        var rounded = Math.Max(8, (int)((value + 4) / 8) * 8);
        return rounded < 0.9 * value ? rounded + 8 : rounded;
    }
}
