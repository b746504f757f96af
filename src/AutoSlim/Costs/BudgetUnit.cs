using System.Globalization;

namespace AutoSlim.Costs;

/// <summary>A unit of a budget's limit: a number in it times <paramref name="Multiplier"/>, over <paramref name="Divisor"/>, is in the cost model's unit.</summary>
internal sealed record BudgetUnit(string Suffix, double Multiplier, double Divisor = 1)
{
    private const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The limit that <paramref name="text"/> states in this unit, or null.</summary>
    public double? Read(string text)
    {
        if (!text.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)) return null;
        return double.TryParse(text[..^Suffix.Length].TrimEnd(), Plain, CultureInfo.InvariantCulture, out var number) ? number * Multiplier / Divisor : null;
    }

    /// <summary>The text that reads back as exactly <paramref name="limit"/>, or null when it would be a fraction of this unit or not exact.</summary>
    public string? Write(double limit)
    {
        var text = (limit * Divisor / Multiplier).ToString("R", CultureInfo.InvariantCulture) + Suffix;
        return limit * Divisor >= Multiplier && Read(text) == limit ? text : null;
    }
}
