using System.Text.Json.Serialization;
using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Training.Optimisation;

/// <summary>How a network is trained. Supernet and final training differ only in the widths of a step and in these numbers.</summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training images, 1 to 100000.</summary>
    public int Epochs { get; init; } = 3;

    /// <summary>Images a batch, 2 (batch norm needs a variance) to 65536.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>
    /// Batches whose gradients are averaged to one step, all of the same widths; 1 to 65536. What the batches of an epoch leave over makes a
    /// smaller last step. But for batch norm, whose statistics stay those of a batch, it is one batch so many times as large.
    /// </summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>
    /// Random networks of each step of a supernet, beside the widest and the narrowest; 1 to <see cref="WidthSampler.MostRandomMembers"/>.
    /// Says nothing of the training of one network.
    /// </summary>
    public int RandomMembers { get; init; } = WidthSampler.UsualRandomMembers;

    /// <summary>Peak learning rate, reached after the warm-up.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>How the learning rate goes on from its peak.</summary>
    public ScheduleKind Schedule { get; init; }

    /// <summary>Fraction of all steps over which the rate rises from 0; 0 to 1.</summary>
    public double WarmUpFraction { get; init; } = 0.1;

    /// <summary>Of <see cref="ScheduleKind.Step"/>: when the rate falls (by default as the paper trains ResNet-50, at 30, 60 and 90 of 100 epochs).</summary>
    public Milestones Milestones { get; init; } = new(0.3, 0.6, 0.9);

    /// <summary>Of <see cref="ScheduleKind.Step"/>: by what the rate is multiplied at each milestone; above 0, at most 1.</summary>
    public double MilestoneFactor { get; init; } = 0.1;

    public OptimizerKind Optimizer { get; init; }

    /// <summary>Nesterov's, RMSprop's, or the first beta of AdamW.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>On dense convolution and classifier weights only (paper section 4.1).</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Probability moved from the label to all classes.</summary>
    public double LabelSmoothing { get; init; } = 0.1;

    /// <summary>Largest norm of the gradient; larger ones are scaled down to it. 0 for no limit.</summary>
    public double MaximumGradientNorm { get; init; } = 10;

    /// <summary>
    /// How much of the weights' moving average stays at a step, such as 0.999; the training ends with the average instead of its last
    /// weights. 0 for none.
    /// </summary>
    public double AverageDecay { get; init; }

    /// <summary>
    /// Whether every residual block starts as the identity (the scale of its last batch norm at 0; Goyal et al. 2017) instead of
    /// at the paper's scale of 1: deep networks then learn from the first step, which decides short trainings.
    /// </summary>
    public bool StartResidualsAtZero { get; init; }

    /// <summary>Of convolutions and linear layers; weights, gradients, batch norm and the loss are 32-bit throughout.</summary>
    public Precision Precision { get; init; } = Precision.Float32;

    /// <summary>What is done to the training images at random.</summary>
    [JsonConverter(typeof(AugmentationKindJson))]
    public AugmentationKind Augment { get; init; } = AugmentationKind.Shift;

    /// <summary>Decides weights, orders, widths and augmentation.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Everything wrong with these options, one line each; empty when none.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Check(Epochs is >= 1 and <= 100_000, $"epochs is {Epochs}, expected 1 to 100000");
        Check(BatchSize is >= 2 and <= 65536, $"batch size is {BatchSize}, expected 2 to 65536: batch norm needs a variance");
        Check(Accumulate is >= 1 and <= 65536, $"accumulate is {Accumulate}, expected 1 to 65536");
        Check(RandomMembers is >= 1 and <= WidthSampler.MostRandomMembers, $"random members are {RandomMembers}, expected 1 to {WidthSampler.MostRandomMembers}");
        Check(LearningRate is > 0 and <= 10, $"learning rate is {LearningRate}, expected above 0 and at most 10");
        Check(Enum.IsDefined(Schedule), $"schedule is {Schedule}, expected one of linear, cosine, step, constant");
        Check(WarmUpFraction is >= 0 and < 1, $"warm-up fraction is {WarmUpFraction}, expected 0 to below 1");
        Check(Milestones.AreInOrder, $"milestones are {Milestones}, expected rising fractions of all steps between 0 and 1, such as 0.3,0.6,0.9");
        Check(MilestoneFactor is > 0 and <= 1, $"gamma is {MilestoneFactor}, expected above 0 and at most 1");
        Check(Enum.IsDefined(Optimizer), $"optimizer is {Optimizer}, expected one of sgd, adamw, rmsprop");
        Check(Momentum is >= 0 and < 1, $"momentum is {Momentum}, expected 0 to below 1");
        Check(WeightDecay is >= 0 and < 1, $"weight decay is {WeightDecay}, expected 0 to below 1");
        Check(LabelSmoothing is >= 0 and < 1, $"label smoothing is {LabelSmoothing}, expected 0 to below 1");
        Check(double.IsFinite(MaximumGradientNorm) && MaximumGradientNorm >= 0, $"maximum gradient norm is {MaximumGradientNorm}, expected a number above 0, or 0 for no limit");
        Check(AverageDecay is >= 0 and < 1, $"ema decay is {AverageDecay}, expected 0 (none) to below 1");
        return problems;

        void Check(bool holds, string problem)
        {
            if (!holds) problems.Add(problem);
        }
    }
}
