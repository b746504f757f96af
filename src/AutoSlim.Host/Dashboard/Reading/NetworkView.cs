using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>One network of a run, as far as it is: what was made of channels or weights that it no longer has is not there.</summary>
/// <param name="Name">Of the target, or of the uniform network's folder.</param>
/// <param name="Channels">Null where they cannot be read.</param>
internal sealed record NetworkView(string Name, ChannelConfiguration? Channels)
{
    /// <summary>Its final training; null before the first epoch is over.</summary>
    public TrainingExtent? Training { get; init; }

    /// <summary>Size of its ONNX file; null before it is exported.</summary>
    public long? OnnxBytes { get; init; }

    /// <summary>Null before it is verified.</summary>
    public Verification? Verification { get; init; }

    public bool IsUniform => Name.StartsWith(UniformPartner.FolderPrefix, StringComparison.Ordinal);

    public string Stage => this switch
    {
        { Verification: not null } => "verified",
        { OnnxBytes: not null } => "exported",
        { Training: { IsDone: true } } => "trained",
        { Training: { } training } => $"trained for {training.EpochsDone} of {training.Epochs} epochs",
        _ => "chosen",
    };
}
