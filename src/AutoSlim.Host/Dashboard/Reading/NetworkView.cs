using AutoSlim.Host.Stages;
using AutoSlim.Networks;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>One network of a run, as far as it is.</summary>
/// <param name="Name">Of the target, or of the uniform network's folder.</param>
/// <param name="Channels">Null where they cannot be read.</param>
/// <param name="Verification">Null before it is verified.</param>
/// <param name="IsTrained">Whether its weights are there.</param>
/// <param name="OnnxBytes">Size of its ONNX file; null before it is exported.</param>
internal sealed record NetworkView(string Name, ChannelConfiguration? Channels, Verification? Verification, bool IsTrained, long? OnnxBytes)
{
    public bool IsUniform => Name.StartsWith(UniformPartner.FolderPrefix, StringComparison.Ordinal);

    public string Stage => (Verification, OnnxBytes, IsTrained) switch
    {
        (not null, _, _) => "verified",
        (_, not null, _) => "exported",
        (_, _, true) => "trained",
        _ => "chosen",
    };
}
