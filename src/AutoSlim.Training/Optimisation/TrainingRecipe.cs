namespace AutoSlim.Training.Optimisation;

/// <summary>The numbers of a training that others have published, under a name.</summary>
public sealed class TrainingRecipe
{
    private readonly TrainingOptions options;

    private TrainingRecipe(string name, string summary, TrainingOptions options) => (Name, Summary, this.options) = (name, summary, options);

    /// <summary>The paper's (section 4.1): of the supernet and of the final networks on ImageNet.</summary>
    public static IReadOnlyList<TrainingRecipe> All { get; } =
    [
        new("paper-supernet", "50 epochs, batch size 2048, learning rate 0.5, linear", Paper with { Epochs = 50, BatchSize = 2048, LearningRate = 0.5 }),
        new("paper-mobile", "the same for 300 epochs", Paper with { Epochs = 300, BatchSize = 2048, LearningRate = 0.5 }),
        new("paper-resnet", "100 epochs, batch size 256, learning rate 0.1, a tenth of it from 0.3, 0.6 and 0.9 on", Paper with
        {
            Epochs = 100,
            BatchSize = 256,
            LearningRate = 0.1,
            Schedule = ScheduleKind.Step,
            Milestones = new(0.3, 0.6, 0.9),
            MilestoneFactor = 0.1,
        }),
    ];

    public string Name { get; }

    /// <summary>What tells it apart.</summary>
    public string Summary { get; }

    private static TrainingOptions Paper => new()
    {
        WarmUpFraction = 0,
        Optimizer = OptimizerKind.Sgd,
        Momentum = 0.9,
        WeightDecay = 1e-4,
        LabelSmoothing = 0.1,
        MaximumGradientNorm = 0,
    };

    /// <summary>The recipe's numbers; seed, augmentation, precision and random members stay.</summary>
    public TrainingOptions Over(TrainingOptions other) => options with
    {
        Seed = other.Seed,
        Augment = other.Augment,
        Precision = other.Precision,
        RandomMembers = other.RandomMembers,
    };
}
