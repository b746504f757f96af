using System.Globalization;

namespace AutoSlim.Host.Report;

/// <summary>Latencies for people: three digits, so that a budget and what was measured against it can be told apart at any speed.</summary>
public static class Milliseconds
{
    private const int MostDecimals = 4;

    /// <summary><c>0.169</c>, <c>2.28</c>, <c>12.3</c>, <c>1234</c>; without the unit.</summary>
    public static string Text(double milliseconds)
    {
        var decimals = milliseconds > 0 ? Math.Clamp(2 - (int)Math.Floor(Math.Log10(milliseconds)), 0, MostDecimals) : 2;
        return milliseconds.ToString($"F{decimals}", CultureInfo.InvariantCulture);
    }
}
