using AutoSlim.Host.Demo;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>What is compared, and how long everything is trained.</summary>
internal sealed record QualityOptions
{
    private static readonly DemoOptions Demo = new();

    public required IReadOnlyList<Dataset> Datasets { get; init; }

    public required IReadOnlyList<string> Networks { get; init; }

    /// <summary>Scratch folder of supernets, searches and trained networks.</summary>
    public required string Work { get; init; }

    public int Seeds { get; init; } = 5;

    /// <summary>When to stop; what is done by then counts.</summary>
    public TimeSpan? Limit { get; init; }

    public int Threads { get; init; } = Demo.Threads;

    public QualitySettings Settings { get; init; } = QualitySettings.Usual;

    /// <summary>Training of the supernet.</summary>
    public TrainingOptions Supernet(ulong seed) => Demo.Supernet with
    {
        Seed = seed,
        Optimizer = Settings.Optimizer,
        Epochs = Settings.SupernetEpochs,
        LearningRate = Settings.SupernetLearningRate,
        RandomMembers = Settings.RandomMembers,
    };

    /// <summary>Training from scratch.</summary>
    public TrainingOptions Final(ulong seed) => Network(seed, Settings.FinalEpochs, Settings.FinalLearningRate);

    /// <summary>Training on from the supernet's weights.</summary>
    public TrainingOptions FineTuning(ulong seed) => Network(seed, Settings.FineTuneEpochs, Settings.FineTuneLearningRate);

    /// <summary>All that is to be done: every seed of everything before the next seed of anything.</summary>
    public IEnumerable<Combination> Combinations() =>
        from seed in Enumerable.Range(1, Seeds)
        from dataset in Datasets
        from network in Networks
        select new Combination(dataset, network, (ulong)seed);

    private TrainingOptions Network(ulong seed, int epochs, double learningRate) => Demo.Final with
    {
        Seed = seed,
        Optimizer = Settings.Optimizer,
        Epochs = epochs,
        LearningRate = learningRate,
    };
}
