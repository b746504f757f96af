namespace AutoSlim.Costs.Import;

/// <summary>How a command line names an <see cref="ImportFormat"/>.</summary>
public static class ImportFormatWords
{
    private static readonly Dictionary<string, ImportFormat> Formats = new()
    {
        ["netadapt"] = ImportFormat.NetAdapt,
        ["once-for-all"] = ImportFormat.OnceForAll,
        ["proxylessnas"] = ImportFormat.ProxylessNas,
    };

    public static IReadOnlyCollection<string> All => Formats.Keys;

    /// <exception cref="KeyNotFoundException">None of <see cref="All"/>.</exception>
    public static ImportFormat Parse(string word) => Formats[word];

    public static string Word(this ImportFormat format) => Formats.Single(pair => pair.Value == format).Key;
}
