namespace AutoSlim.Benchmarks.Frame;

/// <summary>Where the benchmarks' files lie: in the repository that they were built in.</summary>
internal static class BenchmarkFolders
{
    public static string Repository { get; } = FindRepository();

    public static string Result(string name) => In("results", $"{name}.json");

    /// <summary>A log of results that a benchmark adds to, one JSON object a line.</summary>
    public static string Log(string name) => In("results", $"{name}.jsonl");

    public static string PyTorch(string script) => In("pytorch", script);

    private static string In(params string[] parts) => Path.Combine([Repository, "benchmarks", .. parts]);

    private static string FindRepository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "AutoSlim.sln"))) return folder.FullName;
        throw new InvalidOperationException($"no AutoSlim.sln above '{AppContext.BaseDirectory}': benchmarks run from the repository that they were built in");
    }
}
