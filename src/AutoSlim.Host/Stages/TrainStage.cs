using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Stages;

/// <summary>Trains a network, epoch by epoch, each saved: from settings and images to a checkpoint. Goes on from the last whole epoch.</summary>
internal sealed class TrainStage(StageConsole console, RunImages images)
{
    /// <summary>The supernet, by the sandwich rule.</summary>
    public Task SupernetAsync(RunSettings settings, RunFolder run, CancellationToken cancellation)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        return RunAsync("train supernet", definition, definition.Widest, WidthSampler.Sandwich(definition), settings.Supernet, run.SupernetPath, cancellation);
    }

    /// <summary>One configuration from scratch, ending with its own batch-norm statistics.</summary>
    public async Task FinalAsync(RunSettings settings, NetworkFolder folder, TrainingOptions options, CancellationToken cancellation)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        var configuration = ChannelFile.Read(folder.ChannelsPath).Channels;
        await RunAsync($"retrain {folder.Name}", definition, configuration, WidthSampler.Only(definition, configuration), options, folder.WeightsPath, cancellation);
    }

    private async Task RunAsync(
        string stage, NetworkDefinition definition, ChannelConfiguration widest, WidthSampler sampler, TrainingOptions options, string path, CancellationToken cancellation)
    {
        using var network = new SlimmableNetwork(definition, widest, (long)options.Seed);
        using var trainer = new Trainer(network, sampler, images.Training, images.Normalization, options);
        var done = Resume(path, network, trainer, options);
        if (done >= options.Epochs) return;
        await console.RunStageAsync(stage, trainer.TotalImages, "images", report => Task.Run(() =>
        {
            for (var epoch = done; epoch < options.Epochs; epoch++)
            {
                trainer.RunEpoch(epoch, progress => report(progress.Images, $"epoch {progress.Epoch}/{progress.Epochs} loss {progress.Loss:0.000}"), cancellation);
                Save(path, network, trainer, options, epoch + 1);
            }
        }, cancellation));
    }

    private static int Resume(string path, SlimmableNetwork network, Trainer trainer, TrainingOptions options)
    {
        if (!File.Exists(path)) return Fresh(network, options);
        var checkpoint = NetworkCheckpoint.Load(path);
        checkpoint.RequireSame(network, options);
        checkpoint.Restore(network, checkpoint.EpochsDone < options.Epochs ? trainer.Momentum : null);
        return checkpoint.EpochsDone;
    }

    private static int Fresh(SlimmableNetwork network, TrainingOptions options)
    {
        if (options.StartResidualsAtZero) network.StartResidualsAtZero();
        return 0;
    }

    private void Save(string path, SlimmableNetwork network, Trainer trainer, TrainingOptions options, int epochsDone)
    {
        if (epochsDone < options.Epochs)
        {
            NetworkCheckpoint.Save(path, network, epochsDone, options, trainer.Momentum);
            return;
        }

        using var statistics = BatchNormCalibration.Of(network, network.Widest, images.ForCalibration(options.Seed));
        NetworkCheckpoint.Save(path, network, epochsDone, options, statistics: statistics);
    }
}
