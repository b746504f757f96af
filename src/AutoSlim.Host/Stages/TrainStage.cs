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
        var training = Of(definition, definition.Widest, WidthSampler.Sandwich(definition), settings.Supernet, run.SupernetPath, run.SupernetLogFolder);
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
        var configuration = folder.Channels(definition);
        return Of(definition, configuration, WidthSampler.Only(definition, configuration), options, folder.WeightsPath, folder.LogFolder);
    }

    private NetworkTraining Of(NetworkDefinition definition, ChannelConfiguration widest, WidthSampler sampler, TrainingOptions options, string path, string logFolder) =>
        new() { Images = images, Definition = definition, Widest = widest, Sampler = sampler, Options = options, Path = path, LogFolder = logFolder };

    private async Task RunAsync(string stage, IReadOnlyList<NetworkTraining> trainings, CancellationToken cancellation)
    {
        var open = trainings.Where(training => !training.IsDone).ToList();
        if (open.Count == 0) return;
        await console.RunStageAsync(stage, open.Sum(training => training.TotalImages), "images", report => Task.Run(
            () => TorchRuntime.SideBySide(Jobs(trainings, open, new(open.Count, report), cancellation)), cancellation));
        TorchRuntime.ReleaseMemory();
    }

    /// <summary>
    /// The longest first. Trainings that an earlier sitting finished count as jobs too: each has the threads, and so the bits, that it
    /// would have had in an unbroken run.
    /// </summary>
    private static IReadOnlyList<Action> Jobs(
        IReadOnlyList<NetworkTraining> trainings, List<NetworkTraining> open, JointProgress progress, CancellationToken cancellation) =>
        [.. trainings.OrderByDescending(training => training.MultiplyAddsPerImage).Select<NetworkTraining, Action>(training => () =>
        {
            if (open.IndexOf(training) is >= 0 and var index) training.Run(step => progress.Show(index, step), cancellation);
        })];
}
