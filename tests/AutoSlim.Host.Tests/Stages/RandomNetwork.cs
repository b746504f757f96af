using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Data;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Tests.Stages;

/// <summary>Weights that nobody has trained, in a file that says otherwise.</summary>
internal static class RandomNetwork
{
    public static void Write(NetworkFolder folder, NetworkDefinition definition, ChannelConfiguration channels, long seed = 1, int epochsDone = 1, int epochs = 1)
    {
        using var network = new SlimmableNetwork(definition, channels, seed);
        var pixels = Enumerable.Range(0, (int)(2 * definition.Input.Elements)).Select(pixel => pixel % 7f);
        using var statistics = BatchNormCalibration.Of(network, channels, [new ImageBatch([.. pixels], [0, 1])]);
        NetworkCheckpoint.Save(folder.WeightsPath, network, epochsDone, new() { Epochs = epochs }, statistics: statistics);
    }
}
