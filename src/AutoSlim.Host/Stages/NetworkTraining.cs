using AutoSlim.Costs;
using AutoSlim.Files;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Logs;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Stages;

/// <summary>The training of one network into one checkpoint, saved after every epoch; goes on from the last whole one.</summary>
internal sealed class NetworkTraining
{
    public required RunImages Images { get; init; }

    public required NetworkDefinition Definition { get; init; }

    /// <summary>The widest configuration it runs at: what its weights have room for.</summary>
    public required ChannelConfiguration Widest { get; init; }

    public required WidthSampler Sampler { get; init; }

    public required TrainingOptions Options { get; init; }

    /// <summary>What it starts from and learns, where that is not the usual.</summary>
    public Retraining Retraining { get; init; } = Retraining.Usual;

    /// <summary>Of networks trained together: their configurations by name, which <see cref="Widest"/> covers. Their checkpoint has no statistics.</summary>
    public IReadOnlyDictionary<string, ChannelConfiguration> Switches { get; init; } = new Dictionary<string, ChannelConfiguration>();

    public required string Path { get; init; }

    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Folder of what it tells about itself by step and epoch.</summary>
    public required string LogFolder { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Images of all epochs.</summary>
    public long TotalImages => (long)Options.Epochs * Batches.PerEpoch * Batches.Size;

    /// <summary>Of those, what an earlier sitting did.</summary>
    /// <exception cref="CheckpointException">The checkpoint is of another training.</exception>
    public long ImagesDone => (long)(Earlier()?.EpochsDone ?? 0) * Batches.PerEpoch * Batches.Size;

    /// <summary>To begin the longest first when several run side by side.</summary>
    public long MultiplyAddsPerImage => MultiplyAdds.Count(Definition.Resolve(Widest));

    /// <exception cref="CheckpointException">The checkpoint is of another training.</exception>
    public bool IsDone => Earlier() is { } checkpoint && checkpoint.EpochsDone >= Options.Epochs;

    private Training.Data.Batches Batches => new(Images.Training, Images.Normalization, Options.BatchSize);

    /// <exception cref="IOException">Another process trains it.</exception>
    public void Run(Action<TrainingProgress> onStep, CancellationToken cancellation)
    {
        using var claim = FileClaim.Take(Path, FileClaim.UsualPatience);
        WholeFile.ForgetInterrupted(Path);
        using var network = Switches.Count == 0
            ? new SlimmableNetwork(Definition, Widest, (long)Options.Seed, Device.Torch)
            : SlimmableNetwork.Switchable(Definition, Switches, (long)Options.Seed, Device.Torch);
        using var trainer = new Trainer(network, Sampler, Images.Training, Images.Normalization, Options, Retraining.Lesson);
        var done = Begin(network, trainer);
        using var log = new TrainingLog(LogFolder, Sampler.Roles, [.. Sampler.FixedMembers.Keys], done * trainer.StepsPerEpoch, Time);
        for (var epoch = done; epoch < Options.Epochs; epoch++)
        {
            log.BeginEpoch();
            trainer.RunEpoch(epoch, step => { log.AddStep(step); onStep(step); }, cancellation);
            trainer.SwapAverages();
            log.EndEpoch((epoch + 1) * trainer.StepsPerEpoch, HeldOut(network));
            if (epoch + 1 < Options.Epochs) trainer.SwapAverages();
            Save(network, trainer, epoch + 1);
        }
    }

    private Dictionary<string, Score> HeldOut(SlimmableNetwork network)
    {
        var members = Sampler.FixedMembers;
        return members.Keys.Zip(HeldOutScore.Of(network, [.. members.Values], Images.ForHeldOut())).ToDictionary(member => member.First, member => member.Second);
    }

    /// <summary>The epochs that an earlier sitting finished.</summary>
    private int Begin(SlimmableNetwork network, Trainer trainer)
    {
        var checkpoint = Earlier();
        if (checkpoint is null) Start(network);
        checkpoint?.Restore(network, checkpoint.EpochsDone < Options.Epochs ? trainer.State : null);
        return checkpoint?.EpochsDone ?? 0;
    }

    private void Start(SlimmableNetwork network)
    {
        if (Options.StartResidualsAtZero) network.StartResidualsAtZero();
        Retraining.Start(network);
    }

    private NetworkCheckpoint? Earlier()
    {
        if (!File.Exists(Path)) return null;
        var checkpoint = NetworkCheckpoint.Load(Path);
        checkpoint.RequireSame(Definition.Specification, Widest, Options, Retraining.Options, Switches);
        return checkpoint;
    }

    /// <summary>While it trains the raw weights with their averages, at the end the averages alone, where averages are kept.</summary>
    private void Save(SlimmableNetwork network, Trainer trainer, int epochsDone)
    {
        if (epochsDone < Options.Epochs)
        {
            NetworkCheckpoint.Save(Path, network, epochsDone, Options, trainer.State, retraining: Retraining.Options);
            return;
        }

        using var statistics = Switches.Count == 0 ? BatchNormCalibration.Of(network, Widest, Images.ForCalibration(Options.Seed)) : null;
        NetworkCheckpoint.Save(Path, network, epochsDone, Options, statistics: statistics, retraining: Retraining.Options);
    }
}
