using AutoSlim.Host.Commands;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Pretrained;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Stages;

/// <summary>What a training starts from and learns, with the supernet in memory where it is needed. Several trainings share one.</summary>
internal sealed class Retraining : IDisposable
{
    private readonly SlimmableNetwork? supernet;
    private readonly BatchNormStatistics? statistics;
    private readonly FrozenTeacher? teacher;

    private PretrainedWeights? pretrained;

    private Retraining(RetrainingOptions options, SlimmableNetwork? supernet = null, BatchNormStatistics? statistics = null)
    {
        (Options, this.supernet, this.statistics) = (options, supernet, statistics);
        if (options.Distil == Distillation.Supernet) teacher = new(supernet!, supernet!.Widest, statistics!, options.DistilWeight);
        Lesson = teacher is not null ? Lesson.Of(teacher) : options.Joint && options.Distil == Distillation.None ? Lesson.Labels : Lesson.InPlaceDistillation;
    }

    /// <summary>A supernet's own training, or that of one network from scratch.</summary>
    public static Retraining Usual { get; } = new(new());

    /// <summary>A supernet's training that begins with another network's weights.</summary>
    public static Retraining StartingFrom(PretrainedWeights weights) => new(new()) { pretrained = weights };

    /// <summary>With the hash of the supernet where one is used.</summary>
    public RetrainingOptions Options { get; }

    public Lesson Lesson { get; }

    /// <exception cref="CommandFailedException">A supernet is needed, and it is missing or half trained.</exception>
    /// <exception cref="CheckpointException">The supernet cannot be read.</exception>
    public static Retraining Prepare(RunFolder run, RetrainingOptions options, ComputeDevice device)
    {
        if (!options.UsesSupernet) return new(options);
        var checkpoint = TrainedSupernet.Load(run);
        var statistics = checkpoint.ReadStatistics(device.Torch) ?? throw new CheckpointException($"'{run.SupernetPath}' has no batch-norm statistics; train it again");
        var network = new SlimmableNetwork(NetworkCatalog.Create(checkpoint.Specification), checkpoint.Configuration, seed: 0, device.Torch);
        checkpoint.Restore(network);
        return new(options with { Supernet = ContentHash.Of(File.ReadAllBytes(run.SupernetPath)) }, network, statistics);
    }

    /// <summary>Gives a new network the weights that its training starts from, where these are not the random ones it has.</summary>
    public void Start(SlimmableNetwork network)
    {
        pretrained?.CopyTo(network);
        if (Options.From == WeightOrigin.Supernet) network.StartFrom(supernet!);
    }

    public void Dispose()
    {
        teacher?.Dispose();
        statistics?.Dispose();
        supernet?.Dispose();
    }
}
