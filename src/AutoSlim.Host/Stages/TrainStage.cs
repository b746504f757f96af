using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Stages;

/// <summary>From settings and images to checkpoints.</summary>
internal sealed class TrainStage(StageConsole console, RunImages images)
{
    /// <summary>The supernet, by the sandwich rule.</summary>
    public Task SupernetAsync(RunSettings settings, RunFolder run, CancellationToken cancellation)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        var training = Of(definition, definition.Widest, WidthSampler.Sandwich(definition), settings.Supernet, run.SupernetPath);
        return RunAsync("train supernet", [training], cancellation);
    }

    /// <summary>Every configuration from scratch, as many side by side as there are threads, each ending with its own batch-norm statistics.</summary>
    public Task FinalAsync(RunSettings settings, IReadOnlyList<NetworkFolder> folders, TrainingOptions options, CancellationToken cancellation)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        return RunAsync("retrain", [.. folders.Select(folder => Final(definition, folder, options))], cancellation);
    }

    private NetworkTraining Final(NetworkDefinition definition, NetworkFolder folder, TrainingOptions options)
    {
        var configuration = ChannelFile.Read(folder.ChannelsPath).Channels;
        return Of(definition, configuration, WidthSampler.Only(definition, configuration), options, folder.WeightsPath);
    }

    private NetworkTraining Of(NetworkDefinition definition, ChannelConfiguration widest, WidthSampler sampler, TrainingOptions options, string path) =>
        new() { Images = images, Definition = definition, Widest = widest, Sampler = sampler, Options = options, Path = path };

    private async Task RunAsync(string stage, IReadOnlyList<NetworkTraining> trainings, CancellationToken cancellation)
    {
        var open = trainings.Where(training => !training.IsDone).OrderByDescending(training => training.MultiplyAddsPerImage).ToList();
        if (open.Count == 0) return;
        await console.RunStageAsync(stage, open.Sum(training => training.TotalImages), "images", report => Task.Run(
            () =>
            {
                var progress = new JointProgress(open.Count, report);
                TorchRuntime.SideBySide([.. open.Select<NetworkTraining, Action>((training, index) => () => training.Run(step => progress.Show(index, step), cancellation))]);
            },
            cancellation));
        TorchRuntime.ReleaseMemory();
    }
}
