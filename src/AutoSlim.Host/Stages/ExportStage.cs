using AutoSlim.Files;
using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Profiling;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Exporting;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Stages;

/// <summary>From a trained network's weights to its ONNX file.</summary>
internal static class ExportStage
{
    /// <summary>Of the file's metadata: the hash of the weights that it was made of.</summary>
    private const string WeightsKey = "weights";

    /// <exception cref="InvalidDataException">The weights have no batch-norm statistics: their training has not ended.</exception>
    public static void Run(RunSettings settings, NetworkFolder folder)
    {
        var hash = HashOfWeights(folder);
        var checkpoint = NetworkCheckpoint.Load(folder.WeightsPath);
        using var network = new SlimmableNetwork(NetworkCatalog.Create(settings.Network), checkpoint.Configuration, seed: 0);
        checkpoint.Restore(network);
        using var statistics = checkpoint.ReadStatistics()
            ?? throw new InvalidDataException($"'{folder.WeightsPath}' is half trained ({checkpoint.EpochsDone} of {checkpoint.Options.Epochs} epochs); run retrain again");
        var bytes = OnnxExport.ToBytes(network, checkpoint.Configuration, statistics);
        var marked = OnnxMetadata.With(bytes, WeightsKey, hash);
        WholeFile.Write(folder.OnnxPath, file => file.Write(marked));
    }

    /// <summary>Whether the ONNX file was made of the weights beside it; null where it does not say of which.</summary>
    /// <exception cref="InvalidDataException">It is no ONNX file.</exception>
    public static bool? IsOfWeights(NetworkFolder folder)
    {
        try
        {
            return OnnxMetadata.Find(File.ReadAllBytes(folder.OnnxPath), WeightsKey) is string hash ? hash == HashOfWeights(folder) : null;
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"'{folder.OnnxPath}' is no ONNX file ({fault.Message}); delete it and export again", fault);
        }
    }

    /// <summary>Of the network's weights as they are now.</summary>
    public static string HashOfWeights(NetworkFolder folder) => ContentHash.Of(File.ReadAllBytes(folder.WeightsPath));
}
