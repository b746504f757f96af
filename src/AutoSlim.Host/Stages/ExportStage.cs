using AutoSlim.Files;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Exporting;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Stages;

/// <summary>From a trained network's weights to its ONNX file.</summary>
internal static class ExportStage
{
    /// <exception cref="InvalidDataException">The weights have no batch-norm statistics: their training has not ended.</exception>
    public static void Run(RunSettings settings, NetworkFolder folder)
    {
        var checkpoint = NetworkCheckpoint.Load(folder.WeightsPath);
        using var network = new SlimmableNetwork(NetworkCatalog.Create(settings.Network), checkpoint.Configuration, seed: 0);
        checkpoint.Restore(network);
        using var statistics = checkpoint.ReadStatistics()
            ?? throw new InvalidDataException($"'{folder.WeightsPath}' is half trained ({checkpoint.EpochsDone} of {checkpoint.Options.Epochs} epochs); run retrain again");
        var bytes = OnnxExport.ToBytes(network, checkpoint.Configuration, statistics);
        WholeFile.Write(folder.OnnxPath, file => file.Write(bytes));
    }
}
