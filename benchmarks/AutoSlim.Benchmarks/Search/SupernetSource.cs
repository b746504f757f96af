using AutoSlim.Host.Demo;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Checkpoints;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Pretrained;
using AutoSlim.Training.Supernets;

namespace AutoSlim.Benchmarks.Search;

/// <summary>Trains the supernets that are searched, once: their checkpoints stay in a folder.</summary>
/// <param name="console">For the progress.</param>
/// <param name="folder">Of the checkpoints; an interrupted training goes on from there.</param>
internal sealed class SupernetSource(StageConsole console, string folder)
{
    private const ulong Seed = 1;

    /// <summary>As the demo trains its supernet: by gradient descent, six epochs gave ones that cannot tell sizes apart.</summary>
    /// <param name="epochs">Passes over the training images.</param>
    public static TrainingOptions Options(int epochs) => new DemoOptions { Seed = Seed }.Supernet with { Epochs = epochs };

    /// <summary>By the sandwich rule.</summary>
    /// <param name="images">Already of the network's resolution.</param>
    /// <param name="options">Training options.</param>
    /// <param name="startsFrom">Pixels of an earlier one whose weights this begins with; null for random ones.</param>
    /// <param name="cancellation">Between steps.</param>
    public async Task<SlimmableNetwork> TrainAsync(RunImages images, TrainingOptions options, int? startsFrom, CancellationToken cancellation)
    {
        var specification = new NetworkSpecification(MobileNetV2.Name, StrideLayout.Imagenet, images.Training.Height, images.Training.Channels, images.Training.Classes);
        var definition = NetworkCatalog.Create(specification);
        var training = new NetworkTraining
        {
            Images = images,
            Definition = definition,
            Widest = definition.Widest,
            Sampler = WidthSampler.Sandwich(definition),
            Options = options,
            Retraining = startsFrom is int earlier ? Retraining.StartingFrom(PretrainedWeights.Read(PathOf(earlier), definition)) : Retraining.Usual,
            Path = PathOf(specification.Resolution),
            LogFolder = Path.Combine(folder, FormattableString.Invariant($"logs-{specification.Resolution}")),
        };
        if (!training.IsDone)
            await console.RunStageAsync($"train supernet, {specification.Resolution} pixels", training.TotalImages, "images", report =>
                Task.Run(() => training.Run(step => report(step.Images, $"loss {step.Loss:0.000}"), cancellation), cancellation));
        var network = new SlimmableNetwork(definition, definition.Widest, seed: 0);
        NetworkCheckpoint.Load(training.Path).Restore(network);
        return network;
    }

    private string PathOf(int resolution) => Path.Combine(folder, FormattableString.Invariant($"supernet-{resolution}.safetensors"));
}
