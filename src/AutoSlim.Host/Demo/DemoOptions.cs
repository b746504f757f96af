using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Demo;

/// <summary>What the demo runs with. The defaults make the whole loop take six to seven minutes on two cores.</summary>
internal sealed record DemoOptions
{
    public string Out { get; init; } = Path.Combine("runs", "demo");

    /// <summary>Folder of images; null for the embedded ones.</summary>
    public string? Data { get; init; }

    /// <summary>Empty for three budgets between the measured 1.0x network and the narrowest.</summary>
    public IReadOnlyList<Target> Targets { get; init; } = [];

    public string Profiles { get; init; } = "profiles";

    /// <summary>Of this machine, while it is profiled.</summary>
    public Steadiness Steadiness { get; init; } = Steadiness.Preferred;

    public ulong Seed { get; init; } = 1;

    /// <summary>Fixed, so that a seed gives one result on machines of any size.</summary>
    public int Threads { get; init; } = 2;

    public int Port { get; init; }

    public int TrainingImages { get; init; } = 10_500;

    public int SearchImages { get; init; } = 1_000;

    public int SupernetEpochs { get; init; } = 4;

    public int FinalEpochs { get; init; } = 3;

    /// <summary>Width multiplier of the widest network.</summary>
    public double MaximumWidth { get; init; } = MobileNetV2.DefaultMaximumWidth;

    public TrainingOptions Supernet => Short with { Epochs = SupernetEpochs, LearningRate = 0.004 };

    public TrainingOptions Final => Short with { Epochs = FinalEpochs, LearningRate = 0.01 };

    public SlimmingOptions Search { get; init; } = SlimmingOptions.Fast;

    /// <summary>
    /// In a few epochs AdamW comes much further than the paper's gradient descent, most of all with a supernet, whose last channels seldom
    /// learn: its steps do not depend on how often.
    /// </summary>
    private TrainingOptions Short => new() { Optimizer = OptimizerKind.AdamW, StartResidualsAtZero = true, Seed = Seed };
}
