using System.Globalization;

namespace AutoSlim.Costs;

/// <summary>Times as a committed table holds them: digits that the next measurement would change anyway only make noise in a diff.</summary>
internal static class RoundedTime
{
    private const double FinestMicroseconds = 0.001;
    private const int FinestDigits = 3;

    /// <summary>Four significant digits, none finer than 0.001; a positive time stays positive.</summary>
    public static double Of(double microseconds)
    {
        if (!double.IsFinite(microseconds) || microseconds <= 0) return microseconds;
        return microseconds >= 1
            ? double.Parse(microseconds.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : Math.Max(FinestMicroseconds, Math.Round(microseconds, FinestDigits));
    }
}
