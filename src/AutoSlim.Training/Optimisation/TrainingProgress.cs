namespace AutoSlim.Training.Optimisation;

/// <summary>What a trainer tells after every step.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">In all.</param>
/// <param name="Images">Images done since the training began, earlier runs included.</param>
/// <param name="TotalImages">Images in all.</param>
/// <param name="Loss">Of the step's first member, on the labels; smoothed over recent steps.</param>
public sealed record TrainingProgress(int Epoch, int Epochs, long Images, long TotalImages, double Loss)
{
    /// <summary>From 1, over all epochs.</summary>
    public int Step { get; init; }

    /// <summary>Images of this step alone.</summary>
    public int StepImages { get; init; }

    /// <summary>Of the step's members in their order, nats; means over its batches.</summary>
    public IReadOnlyList<double> Losses { get; init; } = [];

    public double LearningRate { get; init; }

    /// <summary>Of the whole gradient, before it was limited.</summary>
    public double GradientNorm { get; init; }
}
