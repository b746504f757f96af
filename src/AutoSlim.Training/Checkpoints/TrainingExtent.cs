using AutoSlim.Networks;

namespace AutoSlim.Training.Checkpoints;

/// <summary>How far the training of a network is.</summary>
/// <param name="Configuration">The widest that its weights allow.</param>
/// <param name="EpochsDone">Finished epochs.</param>
/// <param name="Epochs">That it is trained for.</param>
public sealed record TrainingExtent(ChannelConfiguration Configuration, int EpochsDone, int Epochs)
{
    public bool IsDone => EpochsDone >= Epochs;
}
