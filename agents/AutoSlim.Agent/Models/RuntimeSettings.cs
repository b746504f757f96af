using Microsoft.ML.OnnxRuntime;

namespace AutoSlim.Agent.Models;

/// <summary>How the runtime is set up: part of what a latency depends on.</summary>
/// <param name="Threads">Inside one operator.</param>
/// <param name="Provider">An execution provider, as the runtime's options name it.</param>
/// <param name="ProviderOptions">As <c>key=value</c>, in the order of the keys.</param>
/// <param name="Optimization">Of the graph: one of <see cref="OptimizationLevels"/>.</param>
/// <param name="Spins">Whether threads that wait for each other keep their processor, as the runtime has it unless told otherwise: woken each time, they take longer, and not always equally long.</param>
internal sealed record RuntimeSettings(int Threads, string Provider, IReadOnlyList<string> ProviderOptions, string Optimization, bool Spins = false)
{
    public const string DefaultProvider = "CPU";
    public const string DefaultOptimization = "all";

    private const string Spinning = "session.intra_op.allow_spinning";
    private const string ProviderSuffix = "ExecutionProvider";

    private static readonly Dictionary<string, GraphOptimizationLevel> Levels = new(StringComparer.Ordinal)
    {
        ["none"] = GraphOptimizationLevel.ORT_DISABLE_ALL,
        ["basic"] = GraphOptimizationLevel.ORT_ENABLE_BASIC,
        ["extended"] = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
        [DefaultOptimization] = GraphOptimizationLevel.ORT_ENABLE_ALL,
    };

    public static IReadOnlyCollection<string> OptimizationLevels => Levels.Keys;

    /// <summary>All that was chosen beside threads, provider and level, as <c>key=value</c>.</summary>
    public IReadOnlyList<string> FurtherOptions => Spins ? [.. ProviderOptions, $"{Spinning}=1"] : ProviderOptions;

    /// <summary>All that is wrong, one line each; the runtime is not asked.</summary>
    public IEnumerable<string> Problems()
    {
        if (!Levels.ContainsKey(Optimization)) yield return $"--optimization is '{Optimization}', expected one of {string.Join(", ", Levels.Keys)}";
        foreach (var option in ProviderOptions.Where(option => option.IndexOf('=', StringComparison.Ordinal) < 1)) yield return $"--provider-option is '{option}', expected KEY=VALUE";
        foreach (var twice in ProviderOptions.GroupBy(option => option.Split('=')[0]).Where(group => group.Count() > 1)) yield return $"--provider-option sets '{twice.Key}' {twice.Count()} times: keep one";
        if (IsDefaultProvider && ProviderOptions.Count > 0) yield return $"--provider-option is given, but the {DefaultProvider} execution provider takes none";
    }

    /// <exception cref="AgentException">The runtime at hand lacks the provider; names those it has.</exception>
    public void RequireProvider()
    {
        var known = OrtEnv.Instance().GetAvailableProviders().Select(name => name.Replace(ProviderSuffix, "", StringComparison.Ordinal)).ToList();
        if (!known.Contains(Provider, StringComparer.OrdinalIgnoreCase))
            throw new AgentException($"this runtime has no execution provider '{Provider}', only {string.Join(", ", known)}");
    }

    public SessionOptions ToSessionOptions()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = Levels[Optimization],
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        options.AddSessionConfigEntry(Spinning, Spins ? "1" : "0");
        if (!IsDefaultProvider) options.AppendExecutionProvider(Provider, ProviderOptions.Select(option => option.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]));
        return options;
    }

    private bool IsDefaultProvider => Provider.Equals(DefaultProvider, StringComparison.OrdinalIgnoreCase);
}
