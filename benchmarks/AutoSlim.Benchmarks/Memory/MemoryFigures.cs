namespace AutoSlim.Benchmarks.Memory;

/// <summary>The JSON object; every list in the order of its steps.</summary>
internal sealed record MemoryFigures
{
    /// <summary>At which training was looked at.</summary>
    public required IReadOnlyList<int> TrainingSteps { get; init; }

    public required IReadOnlyList<long> TrainingLiveTensors { get; init; }

    public required IReadOnlyList<long> TrainingResidentMegabytes { get; init; }

    /// <summary>At which the search was looked at.</summary>
    public required IReadOnlyList<int> SearchSteps { get; init; }

    public required IReadOnlyList<long> SearchLiveTensors { get; init; }

    public required IReadOnlyList<long> SearchResidentMegabytes { get; init; }

    /// <summary>Whether neither holds more tensors at the end than at the first look.</summary>
    public bool LiveTensorsAreFlat => TrainingLiveTensors[^1] <= TrainingLiveTensors[0] && SearchLiveTensors[^1] <= SearchLiveTensors[0];

    /// <summary>Resident megabytes at the last look over those at the first: training, then search.</summary>
    public IReadOnlyList<double> ResidentGrowth => [(double)TrainingResidentMegabytes[^1] / TrainingResidentMegabytes[0], (double)SearchResidentMegabytes[^1] / SearchResidentMegabytes[0]];

    public static MemoryFigures Of(IReadOnlyList<MemorySample> training, IReadOnlyList<MemorySample> search) => new()
    {
        TrainingSteps = [.. training.Select(sample => sample.Step)],
        TrainingLiveTensors = [.. training.Select(sample => sample.LiveTensors)],
        TrainingResidentMegabytes = [.. training.Select(sample => sample.ResidentMegabytes)],
        SearchSteps = [.. search.Select(sample => sample.Step)],
        SearchLiveTensors = [.. search.Select(sample => sample.LiveTensors)],
        SearchResidentMegabytes = [.. search.Select(sample => sample.ResidentMegabytes)],
    };
}
