using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Optimisation;

/// <summary>How a network is trained. Supernet and final training differ only in the widths of a step and in these numbers.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images, at least 1.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Images a step, at least 2 (batch norm needs a variance).</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Peak learning rate, reached after the warm-up; falls linearly to 0.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Fraction of all steps over which the rate rises from 0; 0 to 1.</summary>
    public double WarmUpFraction { get; init; } = 0.1;

    /// <summary>Nesterov momentum.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>On dense convolution and classifier weights only (paper section 4.1).</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Probability moved from the label to all classes.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Largest norm of the gradient; larger ones are scaled down to it.</summary>
    public double MaximumGradientNorm { get; init; } = 10;

    /// <summary>
    /// Whether every residual block starts as the identity (the scale of its last batch norm at 0; Goyal et al. 2017) instead of
    /// at the paper's scale of 1: deep networks then learn from the first step, which decides short trainings.
    /// </summary>
    public bool StartResidualsAtZero { get; init; }

    /// <summary>Of convolutions and linear layers; weights, gradients, batch norm and the loss are 32-bit throughout.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>Whether images are shifted and flipped at random.</summary>
    public bool Augment { get; init; } = true;

    /// <summary>Decides weights, orders, widths and augmentation.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Everything wrong with these options, one line each; empty when none.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Check(Epochs >= 1, $"epochs is {Epochs}, expected at least 1");
        Check(BatchSize >= 2, $"batch size is {BatchSize}, expected at least 2: batch norm needs a variance");
        Check(LearningRate is > 0 and <= 10, $"learning rate is {LearningRate}, expected above 0 and at most 10");
        Check(WarmUpFraction is >= 0 and < 1, $"warm-up fraction is {WarmUpFraction}, expected 0 to below 1");
        Check(Momentum is >= 0 and < 1, $"momentum is {Momentum}, expected 0 to below 1");
        Check(WeightDecay is >= 0 and < 1, $"weight decay is {WeightDecay}, expected 0 to below 1");
        Check(LabelSmoothing is >= 0 and < 1, $"label smoothing is {LabelSmoothing}, expected 0 to below 1");
        Check(double.IsFinite(MaximumGradientNorm) && MaximumGradientNorm > 0, $"maximum gradient norm is {MaximumGradientNorm}, expected a number above 0");
        return problems;

        void Check(bool holds, string problem)
        {
            if (!holds) problems.Add(problem);
        }
    }
}
