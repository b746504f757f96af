namespace AutoSlim.Host.Terminal;

/// <summary>
/// When redirected progress deserves another line: a tenth further, but not within a second of the last line, or half a minute later.
/// </summary>
internal static class LineInterval
{
    // A hair less than a tenth, for shares that rounding leaves just below it.
    private const double Advance = 0.1 - 1e-9;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="advance">Share of the stage done since the last line.</param>
    /// <param name="sinceLastLine">Time since the last line.</param>
    public static bool IsOver(double advance, TimeSpan sinceLastLine) =>
        sinceLastLine >= Longest || (advance >= Advance && sinceLastLine >= Shortest);
}
