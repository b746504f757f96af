using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>One network of a run: its channels, then its trained weights, its ONNX file and what the device said of it.</summary>
public sealed class NetworkFolder(string path)
{
    public string Name => System.IO.Path.GetFileName(Path);

    public string Path { get; } = path;

    public string ChannelsPath => In("channels.json");

    public string WeightsPath => In("network.safetensors");

    public string OnnxPath => In("model.onnx");

    public string VerificationPath => In("verification.json");

    /// <summary>What its training tells about itself, beside that of the run's others.</summary>
    public string LogFolder => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, RunFolder.Logs, "retrain", Name);

    /// <exception cref="InvalidChannelsException">Not channels of this run's network.</exception>
    public ChannelConfiguration Channels(NetworkDefinition definition) => ChannelFile.Read(ChannelsPath, definition).Channels;

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
