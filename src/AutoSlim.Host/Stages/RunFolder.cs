using AutoSlim.Host.Commands;

namespace AutoSlim.Host.Stages;

/// <summary>Where a run keeps what its stages hand to each other.</summary>
public sealed class RunFolder(string path)
{
    /// <summary>Name of the folder that TensorBoard is pointed at.</summary>
    internal const string Logs = "logs";

    private const string Costs = "costs";

    private static readonly string[] OwnFiles = ["run.json", "supernet.safetensors", "joint.safetensors", "trace.jsonl", "summary.json", "report.html", "state.json", "search.json", "settling.json", Costs, Logs];

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public string SettingsPath => In("run.json");

    public string SupernetPath => In("supernet.safetensors");

    /// <summary>What the supernet's training tells about itself.</summary>
    public string SupernetLogFolder => LogFolder("supernet");

    /// <summary>The networks that are trained together, under way or done.</summary>
    public string JointPath => In("joint.safetensors");

    /// <summary>What their training tells about itself.</summary>
    public string JointLogFolder => LogFolder("joint");

    public string TracePath => In("trace.jsonl");

    /// <summary>How the trace was begun.</summary>
    public string SearchPath => In("search.json");

    /// <summary>How far the search and its devices have settled.</summary>
    public string SettlingPath => In("settling.json");

    public string SummaryPath => In("summary.json");

    public string ReportPath => In("report.html");

    /// <summary>A device's cost table as it was when the search began: others may measure on, a run keeps its prices.</summary>
    public string CostTablePath(string device) => System.IO.Path.Combine(In(Costs), $"{device}.json");

    /// <summary>Notes of a run under way: targets, partners, seconds.</summary>
    public string StatePath => In("state.json");

    /// <summary>The folder of one network of the run: a target's, or a uniform partner's.</summary>
    public NetworkFolder Network(string name) => new(In(name));

    /// <summary>Every network that has channels, by name.</summary>
    public IReadOnlyList<NetworkFolder> Networks() => Directory.Exists(Path)
        ? [.. Directory.GetDirectories(Path).Order(StringComparer.Ordinal).Select(folder => new NetworkFolder(folder)).Where(network => File.Exists(network.ChannelsPath))]
        : [];

    /// <exception cref="UsageException">The folder holds no run.</exception>
    public RunSettings Settings() => File.Exists(SettingsPath)
        ? RunSettings.Read(SettingsPath)
        : throw new UsageException($"'{Path}' holds no run (run.json is missing); begin one with: autoslim train NETWORK --data DIR --out '{Path}'");

    /// <summary>Begins the run, or goes on with it if it was begun under the same settings and with the same images.</summary>
    /// <exception cref="UsageException">It was begun under others; names each.</exception>
    public void Begin(RunSettings wanted, RunImages images)
    {
        var settings = wanted with { Images = images.Identity };
        if (!File.Exists(SettingsPath))
        {
            settings.Write(SettingsPath);
            return;
        }

        var differences = settings.DifferencesFrom(RunSettings.Read(SettingsPath)).ToList();
        if (differences.Count > 0)
            throw new UsageException([.. differences.Select(difference => $"'{Path}' holds a run with other settings: {difference}; give the old ones or another folder")]);
        settings.Write(SettingsPath);
    }

    /// <summary>Why a run cannot have a network of this name, or null: its folder would be in the way of something of the run's own.</summary>
    public static string? NameProblem(string name)
    {
        if (name.StartsWith(UniformPartner.FolderPrefix, StringComparison.OrdinalIgnoreCase))
            return $"target name '{name}': names that begin with '{UniformPartner.FolderPrefix}' are those of the networks it is compared with; choose another";
        return OwnFiles.Contains(name, StringComparer.OrdinalIgnoreCase) ? $"target name '{name}' is that of a file or folder of the run; choose another" : null;
    }

    private string LogFolder(string training) => System.IO.Path.Combine(Path, Logs, training);

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
