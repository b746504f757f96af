using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>One supernet, its searches, and all trainings of the compared networks; goes on from what lies in its folder.</summary>
internal sealed class CombinationRun(QualityOptions options, Combination combination, StageConsole console, TextWriter notices)
{
    private readonly RunFolder run = new(Path.Combine(options.Work, combination.Name));

    /// <summary>The comparisons that are missing, each as soon as it is made.</summary>
    /// <param name="done">Those that need not be made.</param>
    /// <param name="cancellation">Looked at between steps.</param>
    public async IAsyncEnumerable<QualityResult> RunAsync(
        IReadOnlyList<QualityResult> done, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var settings = Settings();
        var images = RunImages.Load(settings, notices);
        run.Begin(settings, images);
        var train = new TrainStage(console, images);
        await train.SupernetAsync(settings, run, cancellation);
        var planPath = Path.Combine(run.Path, "plan.json");
        var plan = NetworkPlan.Read(planPath);
        if (plan is null) (plan = await new NetworkSearch(console, notices, settings, images, run).RunAsync(Path.Combine(options.Work, "profiles"), cancellation)).Write(planPath);
        foreach (var (from, training) in new[] { (QualityResult.Scratch, options.Final(combination.Seed)), (QualityResult.Supernet, options.FineTuning(combination.Seed)) })
        {
            if (plan.Pairs().All(pair => done.Any(result => result.Budget == pair.Budget && result.From == from))) continue;
            var accuracies = await TrainedAsync(train, settings, images, plan, from, training, cancellation);
            foreach (var result in plan.Pairs().Select(pair => Compared(pair, from, accuracies))) yield return result;
        }
    }

    /// <summary>Test accuracy by name of the network.</summary>
    private async Task<Dictionary<string, double>> TrainedAsync(
        TrainStage train, RunSettings settings, RunImages images, NetworkPlan plan, string from, TrainingOptions training, CancellationToken cancellation)
    {
        var definition = NetworkCatalog.Create(settings.Network);
        var folders = plan.Networks.Select(network => new NetworkFolder(Path.Combine(run.Path, from, network.Name))).ToList();
        foreach (var folder in folders) ChannelFile.Of(definition, run.Network(folder.Name).Channels(definition)).Write(folder.ChannelsPath);
        using var retraining = Retraining.Prepare(run, new() { From = from == QualityResult.Supernet ? WeightOrigin.Supernet : WeightOrigin.Scratch }, settings.Device);
        await train.FinalAsync(settings, folders, training, retraining, cancellation);
        var accuracies = await Task.Run(() => TestAccuracy.Of(definition, folders, images), cancellation);
        return folders.Zip(accuracies).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    private QualityResult Compared(ComparedPair pair, string from, Dictionary<string, double> accuracies) => new(
        options.Settings, combination.Dataset.Name, combination.Network, combination.Seed, pair.Budget, from,
        accuracies[pair.Autoslim.Name], accuracies[pair.Uniform.Name], pair.AutoslimCost, pair.UniformCost);

    private RunSettings Settings()
    {
        var training = RunImages.LoadData(combination.Dataset.Folder).Training;
        return new()
        {
            Network = new(combination.Network, StrideLayout.Imagenet, training.Height, training.Channels, training.Classes),
            DataFolder = combination.Dataset.Folder,
            TrainingImages = options.Settings.TrainingImages,
            SearchImages = options.Settings.SearchImages,
            Supernet = options.Supernet(combination.Seed),
            Threads = options.Threads,
        };
    }
}
