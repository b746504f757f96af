using AutoSlim.Host.Commands;
using AutoSlim.Training.Checkpoints;

namespace AutoSlim.Host.Stages;

/// <summary>A run's supernet, for those who need it trained to the end.</summary>
internal static class TrainedSupernet
{
    /// <exception cref="CommandFailedException">It is missing or half trained.</exception>
    /// <exception cref="CheckpointException">It cannot be read.</exception>
    public static NetworkCheckpoint Load(RunFolder run)
    {
        var goOn = $"autoslim train NETWORK --data DIR --out '{run.Path}' --resume";
        if (!File.Exists(run.SupernetPath)) throw new CommandFailedException($"'{run.SupernetPath}' is missing; train it with: {goOn}");
        var checkpoint = NetworkCheckpoint.Load(run.SupernetPath);
        return checkpoint.EpochsDone >= checkpoint.Options.Epochs
            ? checkpoint
            : throw new CommandFailedException($"'{run.SupernetPath}' is half trained ({checkpoint.EpochsDone} of {checkpoint.Options.Epochs} epochs); go on with: {goOn}");
    }
}
