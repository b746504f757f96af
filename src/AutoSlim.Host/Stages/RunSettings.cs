using System.Text.Json;
using System.Text.Json.Serialization;
using AutoSlim.Files;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Stages;

/// <summary>What decides the outcome of a run, kept in its folder as run.json: a run goes on only under the settings that began it.</summary>
public sealed record RunSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public required NetworkSpecification Network { get; init; }

    /// <summary>Folder of the images; null for the embedded ones.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Training images used, search images included; 0 for all.</summary>
    public int TrainingImages { get; init; }

    /// <summary>Training images held out to score candidates on.</summary>
    public int SearchImages { get; init; }

    /// <summary>Image files that may turn out broken; null for one in a hundred, at least 10. Decides nothing but when a run gives up.</summary>
    public int? MaximumBroken { get; init; }

    /// <summary>The images that the run began with; null in a run of an earlier version.</summary>
    public ImageIdentity? Images { get; init; }

    public required TrainingOptions Supernet { get; init; }

    /// <summary>What the supernet's weights began with; null where that is random numbers.</summary>
    public InitialWeights? Weights { get; init; }

    /// <summary>Torch's threads; results repeat bit by bit for one number only.</summary>
    public int Threads { get; init; }

    /// <summary>Where the run's networks are trained and scored.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    public ulong Seed => Supernet.Seed;

    /// <exception cref="InvalidDataException">Not the settings of a run.</exception>
    public static RunSettings Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<RunSettings>(File.ReadAllText(path), Json) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"'{path}' does not hold the settings of a run: {fault.Message}", fault);
        }
    }

    public void Write(string path) => WholeFile.WriteText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>One line for each setting that differs from <paramref name="other"/> and decides the outcome.</summary>
    public IEnumerable<string> DifferencesFrom(RunSettings other) =>
        SettingDifferences.Between(
            other with { MaximumBroken = MaximumBroken, Weights = Renamed(other.Weights), DataFolder = Moved(other), Images = other.Images ?? Images }, this, Json);

    /// <summary>
    /// To where this run's images are, where they are the same and no longer where they were: they are known by labels and names, and a folder that is
    /// still there may hold other pixels under these.
    /// </summary>
    private string? Moved(RunSettings other) =>
        other.Images is not null && other.Images == Images && other.DataFolder is string before && !Directory.Exists(before) ? DataFolder : other.DataFolder;

    /// <summary>Under this run's name for it, where the content is the same.</summary>
    private InitialWeights? Renamed(InitialWeights? other) => other is not null && Weights?.Hash == other.Hash ? Weights : other;
}
