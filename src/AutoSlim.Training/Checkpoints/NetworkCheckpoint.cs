using AutoSlim.Networks;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;
using static TorchSharp.torch;

namespace AutoSlim.Training.Checkpoints;

/// <summary>
/// A network in a safetensors file: its weights by name, what made them, and, where they were given, the state that a resumed
/// training needs and the batch-norm statistics that inference needs. Tensors are stored as rows of their logical shape.
/// </summary>
public sealed class NetworkCheckpoint
{
    private static readonly Dictionary<string, long[]> None = [];

    private readonly string name;
    private readonly CheckpointSettings settings;
    private readonly IReadOnlyDictionary<string, StoredTensor> tensors;

    private NetworkCheckpoint(string name, CheckpointSettings settings, IReadOnlyDictionary<string, StoredTensor> tensors) =>
        (this.name, this.settings, this.tensors) = (name, settings, tensors);

    public NetworkSpecification Specification => settings.Specification;

    /// <summary>The widest configuration that the weights allow: of a supernet its own, of a final network the only one.</summary>
    public ChannelConfiguration Configuration => settings.Configuration;

    public TrainingOptions Options => settings.Options;

    public int EpochsDone => settings.EpochsDone;

    /// <summary>Of a final training how it differs from one network's own, from scratch.</summary>
    public RetrainingOptions Retraining => settings.Retraining;

    /// <summary>Of networks trained together: their configurations by name; else empty.</summary>
    public IReadOnlyDictionary<string, ChannelConfiguration> Switches => settings.Switches;

    /// <summary>Writes the file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">Whose weights.</param>
    /// <param name="epochsDone">Finished epochs of the training under <paramref name="options"/>.</param>
    /// <param name="options">What the network is trained with.</param>
    /// <param name="state">Null for a network that is not trained further.</param>
    /// <param name="statistics">Of the network's widest configuration.</param>
    /// <param name="retraining">Of a final training that differs from the usual one.</param>
    /// <exception cref="ArgumentException">The statistics are of another configuration.</exception>
    public static void Save(
        string path, SlimmableNetwork network, int epochsDone, TrainingOptions options, TrainingState? state = null, BatchNormStatistics? statistics = null,
        RetrainingOptions? retraining = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epochsDone);
        statistics?.RequireFit(network.Definition.Resolve(network.Widest));
        var weights = network.Weights.Named.Select(pair => KeyValuePair.Create(pair.Key, TorchElements.Store(pair.Value)));
        var kept = state?.Tensors.Select(pair => KeyValuePair.Create(pair.Key, TorchElements.Store(pair.Value)));
        var averages = statistics is null ? null : StatisticsTensors.Store(statistics);
        var settings = new CheckpointSettings(network.Definition.Specification, network.Widest, options, epochsDone)
        {
            Retraining = retraining ?? new(),
            Switches = network.Switches,
        };
        new SafeTensorsFile(weights.Concat(kept ?? []).Concat(averages ?? []).ToDictionary(), settings.ToMetadata()).Write(path);
    }

    /// <exception cref="CheckpointException">Not a whole checkpoint of a network.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static NetworkCheckpoint Load(string path)
    {
        var file = SafeTensorsFile.Read(path);
        return new($"'{path}'", SettingsOf(path, file.Metadata), file.Tensors);
    }

    /// <summary>How far the training of a checkpoint's network is, without its weights: quick, however large it is.</summary>
    /// <inheritdoc cref="Load"/>
    public static TrainingExtent Peek(string path)
    {
        var settings = SettingsOf(path, SafeTensorsFile.ReadMetadata(path));
        return new(settings.Configuration, settings.EpochsDone, settings.Options.Epochs);
    }

    private static CheckpointSettings SettingsOf(string path, IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            return CheckpointSettings.Of(metadata);
        }
        catch (CheckpointException exception)
        {
            throw new CheckpointException($"'{path}': {exception.Message}");
        }
    }

    /// <summary>For a training that goes on: refuses where it would become another training.</summary>
    /// <exception cref="CheckpointException">With everything that differs in specification, configuration and options, the seed among them.</exception>
    public void RequireSame(
        NetworkSpecification specification, ChannelConfiguration widest, TrainingOptions options,
        RetrainingOptions? retraining = null, IReadOnlyDictionary<string, ChannelConfiguration>? switches = null)
    {
        var wanted = new CheckpointSettings(specification, widest, options, EpochsDone)
        {
            Retraining = retraining ?? new(),
            Switches = switches ?? new Dictionary<string, ChannelConfiguration>(),
        };
        Require("is of another training; go on with its settings, or delete it to start anew", settings.DifferencesFrom(wanted));
    }

    /// <summary>Overwrites the weights of <paramref name="network"/>, which keep their device and their layout in memory, and the training state where one is given.</summary>
    /// <exception cref="CheckpointException">With every tensor that is missing, unexpected or of another shape; nothing was changed.</exception>
    public void Restore(SlimmableNetwork network, TrainingState? state = null)
    {
        var weights = network.Weights.Named.ToDictionary(pair => pair.Key, pair => pair.Value.shape);
        var kept = TrainingState.Shapes(network.Weights, Options);
        var statistics = StatisticsTensors.Shapes(network.Definition.Resolve(network.Widest));
        var goesOn = state is not null && EpochsDone > 0;
        Require("does not fit the network", TensorFit.Problems(
            tensors, weights.Concat(goesOn ? kept : []).ToDictionary(), statistics.Concat(goesOn ? [] : kept).ToDictionary()));
        foreach (var (weight, parameter) in network.Weights.Named) tensors[weight].CopyTo(parameter);
        if (goesOn) Restore(state!, kept.Keys);
    }

    /// <summary>The statistics of <see cref="Configuration"/>, the caller's to dispose; null when none were saved.</summary>
    /// <param name="device">Where they are to live, that of the network; null for the processor.</param>
    /// <exception cref="CheckpointException">With every one that is missing, unexpected or of another shape.</exception>
    public BatchNormStatistics? ReadStatistics(Device? device = null)
    {
        var stored = tensors.Where(pair => TensorNames.IsStatistic(pair.Key)).ToDictionary();
        if (stored.Count == 0) return null;
        var network = NetworkCatalog.Create(Specification).Resolve(Configuration);
        Require("has other statistics than its network", TensorFit.Problems(stored, StatisticsTensors.Shapes(network), None));
        return StatisticsTensors.Read(network, stored, device ?? CPU);
    }

    private void Restore(TrainingState state, IEnumerable<string> names)
    {
        using var scope = NewDisposeScope();
        foreach (var name in names) state.Restore(name, tensors[name].ToTorch(CPU));
    }

    private void Require(string complaint, IEnumerable<string> problems)
    {
        var found = problems.ToList();
        if (found.Count > 0) throw new CheckpointException($"{name} {complaint}:{Environment.NewLine}{string.Join(Environment.NewLine, found)}");
    }
}
