using AutoSlim.Host.Commands;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Pretrained;

namespace AutoSlim.Host.Stages;

/// <summary>From settings and images to checkpoints.</summary>
internal sealed class TrainStage(StageConsole console, RunImages images)
{
    /// <summary>The supernet, by the sandwich rule, from random weights or from pretrained ones.</summary>
    public Task SupernetAsync(RunSettings settings, RunFolder run, CancellationToken cancellation, PretrainedWeights? pretrained = null)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        var start = pretrained is null ? Retraining.Usual : Retraining.StartingFrom(pretrained);
        var sampler = WidthSampler.Sandwich(definition, settings.Supernet.RandomMembers);
        var training = Of(definition, definition.Widest, sampler, settings.Supernet, (run.SupernetPath, run.SupernetLogFolder), start, settings.Device);
        return RunAsync("train supernet", [training], cancellation);
    }

    /// <summary>Every configuration from scratch, as many side by side as there are threads (on a GPU one after another), each ending with its own batch-norm statistics.</summary>
    public Task FinalAsync(RunSettings settings, IReadOnlyList<NetworkFolder> folders, TrainingOptions options, CancellationToken cancellation) =>
        FinalAsync(settings, folders, options, Retraining.Usual, cancellation);

    /// <summary>Every configuration on its own, from what <paramref name="retraining"/> says and learning what it says.</summary>
    public Task FinalAsync(
        RunSettings settings, IReadOnlyList<NetworkFolder> folders, TrainingOptions options, Retraining retraining, CancellationToken cancellation)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        return RunAsync("retrain", [.. folders.Select(folder => Final(definition, folder, options, retraining, settings.Device))], cancellation);
    }

    /// <summary>All configurations together, by one set of kernels; each ends with its own batch norm and as a network of its own.</summary>
    /// <exception cref="CommandFailedException">A network of another training is in the way.</exception>
    public async Task JointAsync(
        RunSettings settings, RunFolder run, IReadOnlyList<NetworkFolder> folders, TrainingOptions options, Retraining retraining, CancellationToken cancellation)
    {
        var networks = new JointNetworks(NetworkCatalog.Create(settings.Network), folders, images, retraining.Options);
        var training = networks.Training(run, options, retraining, settings.Device);
        networks.RequireNoOthers(training);
        await RunAsync("retrain jointly", [training], cancellation);
        await Task.Run(() => TorchRuntime.SideBySide([() => networks.Cut(training, cancellation)]), cancellation);
    }

    private NetworkTraining Final(NetworkDefinition definition, NetworkFolder folder, TrainingOptions options, Retraining retraining, ComputeDevice device)
    {
        var configuration = folder.Channels(definition);
        return Of(definition, configuration, WidthSampler.Only(definition, configuration), options, (folder.WeightsPath, folder.LogFolder), retraining, device);
    }

    private NetworkTraining Of(
        NetworkDefinition definition, ChannelConfiguration widest, WidthSampler sampler, TrainingOptions options, (string Weights, string Log) paths, Retraining retraining, ComputeDevice device) => new()
        {
            Images = images,
            Definition = definition,
            Widest = widest,
            Sampler = sampler,
            Options = options,
            Path = paths.Weights,
            LogFolder = paths.Log,
            Retraining = retraining,
            Device = device,
        };

    private async Task RunAsync(string stage, IReadOnlyList<NetworkTraining> trainings, CancellationToken cancellation)
    {
        var open = trainings.Where(training => !training.IsDone).ToList();
        if (open.Count == 0) return;
        await console.RunStageAsync(stage, open.Sum(training => training.TotalImages), "images", report => Task.Run(
            () => new SideBySideTraining(stage, trainings, console).Run(open, new([.. open.Select(training => training.ImagesDone)], report), cancellation), cancellation));
        TorchRuntime.ReleaseMemory();
    }
}
