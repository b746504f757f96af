using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Stages;

/// <summary>The networks of a run that are trained together: their one training, and from its checkpoint the file of each.</summary>
internal sealed class JointNetworks
{
    private readonly NetworkDefinition definition;
    private readonly RunImages images;
    private readonly RetrainingOptions retraining;
    private readonly IReadOnlyList<(NetworkFolder Folder, ChannelConfiguration Channels)> networks;

    public JointNetworks(NetworkDefinition definition, IReadOnlyList<NetworkFolder> folders, RunImages images, RetrainingOptions retraining)
    {
        (this.definition, this.images, this.retraining) = (definition, images, retraining);
        networks = [.. folders.Select(folder => (folder, folder.Channels(definition))).OrderByDescending(network => MultiplyAdds.Count(definition.Resolve(network.Item2)))];
    }

    /// <summary>One switch for each configuration; the one of the most multiply-adds is the first member of a step, and the teacher where one teaches.</summary>
    public NetworkTraining Training(RunFolder run, TrainingOptions options, Retraining prepared, ComputeDevice device)
    {
        var distinct = networks.DistinctBy(network => network.Channels).ToList();
        return new()
        {
            Images = images,
            Definition = definition,
            Widest = ChannelConfiguration.Covering([.. distinct.Select(network => network.Channels)]),
            Switches = distinct.ToDictionary(network => network.Folder.Name, network => network.Channels),
            Sampler = WidthSampler.Always(definition, [.. distinct.Select(network => KeyValuePair.Create(network.Folder.Name, network.Channels))]),
            Options = options,
            Path = run.JointPath,
            LogFolder = run.JointLogFolder,
            Retraining = prepared,
            Device = device,
        };
    }

    /// <summary>What a joint training would overwrite must have come from it.</summary>
    /// <exception cref="CheckpointException">A network is of another training; with what differs.</exception>
    /// <exception cref="CommandFailedException">A network is there although the training that it would come from has not ended.</exception>
    public void RequireNoOthers(NetworkTraining training)
    {
        foreach (var (folder, channels) in networks.Where(network => File.Exists(network.Folder.WeightsPath)))
        {
            NetworkCheckpoint.Load(folder.WeightsPath).RequireSame(definition.Specification, channels, training.Options, retraining);
            if (!training.IsDone) throw new CommandFailedException($"'{folder.WeightsPath}' is of an earlier joint training than '{training.Path}', which has not ended; delete one of them");
        }
    }

    /// <summary>Writes every network by itself: the first channels of the kernels, its own batch norm, and statistics measured for it.</summary>
    public void Cut(NetworkTraining training, CancellationToken cancellation)
    {
        using var joint = SlimmableNetwork.Switchable(definition, training.Switches, seed: 0, training.Device.Torch);
        NetworkCheckpoint.Load(training.Path).Restore(joint);
        foreach (var (folder, channels) in networks)
        {
            cancellation.ThrowIfCancellationRequested();
            using var cut = joint.Cut(channels);
            using var statistics = BatchNormCalibration.Of(cut, channels, images.ForCalibration(training.Options.Seed));
            NetworkCheckpoint.Save(folder.WeightsPath, cut, training.Options.Epochs, training.Options, statistics: statistics, retraining: retraining);
        }
    }
}
