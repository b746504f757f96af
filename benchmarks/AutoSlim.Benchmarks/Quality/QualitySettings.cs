using System.Text.Json.Serialization;
using AutoSlim.Host.Demo;
using AutoSlim.Networks;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>What decides a result besides its combination: results of other settings are other results.</summary>
internal sealed record QualitySettings
{
    private static readonly DemoOptions Demo = new();

    /// <summary>Of today; what a line of the log does not say is as it was when the first were written.</summary>
    public static QualitySettings Usual { get; } = new()
    {
        Optimizer = Demo.Supernet.Optimizer,
        SupernetLearningRate = Demo.Supernet.LearningRate,
        FinalLearningRate = 0.006,
        FineTuneLearningRate = Demo.Supernet.LearningRate,
        FinalEpochs = 12,
        FineTuneEpochs = 3,
    };

    public int TrainingImages { get; init; } = Demo.TrainingImages;

    /// <summary>Of these, held out for the search.</summary>
    public int SearchImages { get; init; } = Demo.SearchImages;

    /// <summary>Of all trainings.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<OptimizerKind>))]
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.Sgd;

    /// <summary>Three times the demo's: a supernet that cannot tell sizes apart yet finds little at the smallest budget.</summary>
    public int SupernetEpochs { get; init; } = 12;

    public double SupernetLearningRate { get; init; } = 0.03;

    /// <summary>Random networks of each of its steps.</summary>
    public int RandomMembers { get; init; } = WidthSampler.UsualRandomMembers;

    /// <summary>From scratch.</summary>
    public int FinalEpochs { get; init; } = 3;

    public double FinalLearningRate { get; init; } = 0.035;

    /// <summary>From the supernet's weights.</summary>
    public int FineTuneEpochs { get; init; } = 1;

    public double FineTuneLearningRate { get; init; } = 0.035;
}
