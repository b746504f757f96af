using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Native;
using AutoSlim.Training.Scoring;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>Top-1 of trained networks on the test split, 0 to 1.</summary>
internal static class TestAccuracy
{
    public static IReadOnlyList<double> Of(NetworkDefinition definition, IReadOnlyList<NetworkFolder> folders, RunImages images)
    {
        var accuracies = new double[folders.Count];
        TorchRuntime.SideBySide([.. folders.Select<NetworkFolder, Action>((folder, index) => () => accuracies[index] = Of(definition, folder, images))]);
        return accuracies;
    }

    private static double Of(NetworkDefinition definition, NetworkFolder folder, RunImages images)
    {
        var checkpoint = NetworkCheckpoint.Load(folder.WeightsPath);
        using var network = new SlimmableNetwork(definition, checkpoint.Configuration, seed: 0);
        checkpoint.Restore(network);
        using var statistics = checkpoint.ReadStatistics() ?? throw new InvalidDataException($"'{folder.WeightsPath}' is half trained; delete it");
        var logits = Evaluation.Logits(network, checkpoint.Configuration, statistics, images.ForTest());
        return Evaluation.Of(logits, images.Test.Labels, images.Test.Classes).Accuracy;
    }
}
