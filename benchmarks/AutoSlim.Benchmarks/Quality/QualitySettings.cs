using AutoSlim.Host.Demo;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>What decides a result besides its combination: results of other settings are other results.</summary>
internal sealed record QualitySettings
{
    private static readonly DemoOptions Demo = new();

    public int TrainingImages { get; init; } = Demo.TrainingImages;

    /// <summary>Of these, held out for the search.</summary>
    public int SearchImages { get; init; } = Demo.SearchImages;

    /// <summary>Three times the demo's: a supernet that cannot tell sizes apart yet finds little at the smallest budget.</summary>
    public int SupernetEpochs { get; init; } = 12;

    /// <summary>Random networks of each of its steps.</summary>
    public int RandomMembers { get; init; } = Demo.Supernet.RandomMembers;

    /// <summary>From scratch.</summary>
    public int FinalEpochs { get; init; } = Demo.FinalEpochs;

    /// <summary>From the supernet's weights.</summary>
    public int FineTuneEpochs { get; init; } = 1;
}
