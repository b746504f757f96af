using AutoSlim.Host.Commands;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;

namespace AutoSlim.Host.Stages;

/// <summary>A run's networks, for those who need them trained to the end, and as they were chosen last.</summary>
internal static class TrainedNetworks
{
    /// <exception cref="UsageException">Some are missing, half trained or were slimmed anew since; every one, with what to do.</exception>
    /// <exception cref="CheckpointException">One cannot be read.</exception>
    public static void Require(RunFolder run, NetworkDefinition definition, IReadOnlyList<NetworkFolder> networks)
    {
        var problems = networks.Select(network => Problem(run, definition, network)).OfType<string>().ToList();
        if (problems.Count > 0) throw new UsageException(problems);
    }

    /// <summary>What one lacks, with what to do; null for nothing.</summary>
    /// <inheritdoc cref="Require"/>
    public static string? Problem(RunFolder run, NetworkDefinition definition, NetworkFolder network)
    {
        var retrain = $"autoslim retrain '{run.Path}'";
        if (!File.Exists(network.WeightsPath)) return $"'{network.WeightsPath}' is missing; train it with: {retrain}";
        var training = NetworkCheckpoint.Peek(network.WeightsPath);
        if (!training.IsDone) return $"'{network.WeightsPath}' is half trained ({training.EpochsDone} of {training.Epochs} epochs); go on with: {retrain}";
        return training.Configuration.Equals(network.Channels(definition))
            ? null
            : $"'{network.WeightsPath}' has other channels than '{network.ChannelsPath}', which was slimmed anew since; delete the weights and train again with: {retrain}";
    }
}
