using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoSlim.Networks;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Training.Checkpoints;

/// <summary>What made a checkpoint, as the text metadata of its file.</summary>
internal sealed record CheckpointSettings(NetworkSpecification Specification, ChannelConfiguration Configuration, TrainingOptions Options, int EpochsDone)
{
    private const string SpecificationKey = "specification";
    private const string ConfigurationKey = "configuration";
    private const string OptionsKey = "options";
    private const string EpochsKey = "epochsDone";
    private const string RetrainingKey = "retraining";
    private const string SwitchesKey = "switches";

    private static readonly RetrainingOptions Usual = new();

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new ChannelConfigurationConverter() },
    };

    /// <summary>How a final training differs from the usual one.</summary>
    public RetrainingOptions Retraining { get; init; } = Usual;

    /// <summary>Of a switchable network.</summary>
    public IReadOnlyDictionary<string, ChannelConfiguration> Switches { get; init; } = new Dictionary<string, ChannelConfiguration>();

    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>
        {
            [SpecificationKey] = JsonSerializer.Serialize(Specification, Json),
            [ConfigurationKey] = JsonSerializer.Serialize(Configuration.ToDictionary(), Json),
            [OptionsKey] = JsonSerializer.Serialize(Options, Json),
            [EpochsKey] = EpochsDone.ToString(CultureInfo.InvariantCulture),
        };
        if (Retraining != Usual) metadata[RetrainingKey] = JsonSerializer.Serialize(Retraining, Json);
        if (Switches.Count > 0) metadata[SwitchesKey] = JsonSerializer.Serialize(Switches, Json);
        return metadata;
    }

    /// <exception cref="CheckpointException">With everything missing or wrong; the message does not name the file.</exception>
    public static CheckpointSettings Of(IReadOnlyDictionary<string, string> metadata)
    {
        var problems = new List<string>();
        var specification = Read<NetworkSpecification>(SpecificationKey);
        var channels = Read<Dictionary<string, int>>(ConfigurationKey);
        var options = Read<TrainingOptions>(OptionsKey);
        var epochs = Read<int?>(EpochsKey);
        var retraining = ReadOptional<RetrainingOptions>(RetrainingKey, Usual);
        var switches = ReadOptional<Dictionary<string, Dictionary<string, int>?>>(SwitchesKey, []);
        if (switches?.ContainsValue(null) == true) problems.Add($"metadata '{SwitchesKey}' has a configuration that is null");
        if (epochs < 0) problems.Add($"epochs done is {epochs}, expected 0 or more");
        problems.AddRange(options?.Problems() ?? []);
        problems.AddRange(retraining?.Problems() ?? []);
        if (problems.Count > 0) throw new CheckpointException(string.Join(Environment.NewLine, problems));
        return new(specification!, Configured(specification!, channels!), options!, epochs!.Value)
        {
            Retraining = retraining!,
            Switches = switches!.ToDictionary(own => own.Key, own => Configured(specification!, own.Value!)),
        };

        T? ReadOptional<T>(string key, T otherwise) => metadata.ContainsKey(key) ? Read<T>(key) : otherwise;

        T? Read<T>(string key)
        {
            try
            {
                if (!metadata.TryGetValue(key, out var text)) problems.Add($"metadata has no '{key}': not a checkpoint of a network");
                else if (JsonSerializer.Deserialize<T>(text, Json) is { } value) return value;
                else problems.Add($"metadata '{key}' is null");
            }
            catch (JsonException fault)
            {
                problems.Add($"metadata '{key}' is damaged: {fault.Message}");
            }

            return default;
        }
    }

    /// <summary>Every setting that differs from <paramref name="wanted"/>, one line each; the epochs done are no setting.</summary>
    public IEnumerable<string> DifferencesFrom(CheckpointSettings wanted) =>
    [
        .. Differences(SpecificationKey, Specification, wanted.Specification),
        .. Differences(ConfigurationKey, Configuration.ToDictionary(), wanted.Configuration.ToDictionary()),
        .. Differences(OptionsKey, Options, wanted.Options),
        .. Differences(RetrainingKey, Retraining, wanted.Retraining),
        .. Differences(SwitchesKey, Switches, wanted.Switches),
    ];

    private static ChannelConfiguration Configured(NetworkSpecification specification, Dictionary<string, int> channels)
    {
        try
        {
            return ChannelFile.Of(NetworkCatalog.Create(specification), new(channels)).Channels;
        }
        catch (ArgumentException fault)
        {
            throw new CheckpointException(fault.Message);
        }
    }

    private static IEnumerable<string> Differences<T>(string name, T saved, T wanted)
    {
        var (left, right) = (Members(saved), Members(wanted));
        return left.Keys.Union(right.Keys)
            .Where(key => left.GetValueOrDefault(key) != right.GetValueOrDefault(key))
            .Select(key => $"{name} '{key}' is {left.GetValueOrDefault(key, "absent")} in the checkpoint, {right.GetValueOrDefault(key, "absent")} was asked for");
    }

    private static Dictionary<string, string> Members<T>(T value) =>
        JsonSerializer.SerializeToNode(value, Json)!.AsObject().ToDictionary(member => member.Key, member => member.Value?.ToJsonString() ?? "null");
}
