namespace AutoSlim.Costs.Import;

/// <summary>Text of a hostile file, fit for a terminal.</summary>
internal static class OneLine
{
    private const int MaximumLength = 300;

    /// <summary>Without control characters, and cut off where nobody reads on.</summary>
    public static string Of(string text)
    {
        var shown = string.Concat(text.Take(MaximumLength).Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length > MaximumLength ? $"{shown}..." : shown;
    }
}
