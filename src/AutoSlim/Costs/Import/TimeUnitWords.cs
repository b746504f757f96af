namespace AutoSlim.Costs.Import;

/// <summary>How a command line names a <see cref="TimeUnit"/>.</summary>
public static class TimeUnitWords
{
    private static readonly Dictionary<string, TimeUnit> Units = new() { ["s"] = TimeUnit.Seconds, ["ms"] = TimeUnit.Milliseconds, ["us"] = TimeUnit.Microseconds };

    public static IReadOnlyCollection<string> All => Units.Keys;

    /// <exception cref="KeyNotFoundException">None of <see cref="All"/>.</exception>
    public static TimeUnit Parse(string word) => Units[word];
}
