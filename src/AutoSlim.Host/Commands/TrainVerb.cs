using System.CommandLine;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Commands;

/// <summary><c>train</c>: the supernet.</summary>
internal sealed class TrainVerb
{
    private static readonly TrainingOptions Defaults = new() { Epochs = 50, LearningRate = 0.05, StartResidualsAtZero = true };

    private readonly Argument<string> network = RunOptions.Network();
    private readonly Option<string> data = new("--data") { HelpName = "DIR", Description = "IDX or CIFAR-binary folder.", Required = true };
    private readonly Option<string> output = new("--out") { HelpName = "RUN", Description = "Folder of the run.", Required = true };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on with the run that the folder holds." };
    private readonly Option<string?> layout = RunOptions.Layout();
    private readonly Option<int?> resolution = RunOptions.Resolution();
    private readonly Option<ulong> seed = new("--seed") { HelpName = "N", Description = "Decides everything random.", DefaultValueFactory = _ => Defaults.Seed };
    private readonly Option<int?> threads = new("--threads") { HelpName = "N", Description = "Threads that train. Default: one per processor." };
    private readonly TrainingChoice training = new(Defaults);
    private readonly Option<int> searchImages = new("--search-images") { HelpName = "N", Description = "Training images held out for the search.", DefaultValueFactory = _ => 2000 };

    public Command Command
    {
        get
        {
            var verb = new Command("train", "Trains the slimmable supernet by the sandwich rule.")
            {
                network, data, output, resume, layout, resolution, seed, threads, searchImages,
            };
            verb.Validators.Add(result => RunOptions.CheckNetwork(result, network, layout));
            verb.Validators.Add(result => Ranges.Check(result, threads, 1, 1024));
            verb.Validators.Add(result => Ranges.Check(result, searchImages, 10, 1_000_000));
            training.AddTo(verb);
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var settings = Settings(parsed);
        var run = new RunFolder(parsed.GetValue(output)!);
        if (File.Exists(run.SettingsPath) && !parsed.GetValue(resume))
            throw new UsageException($"'{run.Path}' holds a run already; add --resume to go on with it, or choose another folder");
        var images = RunImages.Load(settings);
        run.Begin(settings);
        TorchRuntime.Load(settings.Threads);
        await new TrainStage(StageConsole.For(parsed.InvocationConfiguration.Error), images).SupernetAsync(settings, run, cancellation);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(run.SupernetPath);
    }

    private RunSettings Settings(ParseResult parsed)
    {
        var supernet = training.Over(parsed, Defaults with { Seed = parsed.GetValue(seed) });
        var folder = Path.GetFullPath(parsed.GetValue(data)!);
        var images = RunImages.LoadData(folder).Training;
        var specification = new NetworkSpecification(
            parsed.GetValue(network)!, RunOptions.LayoutOf(parsed.GetValue(layout)), parsed.GetValue(resolution) ?? images.Height, images.Channels, images.Classes);
        if (specification.Resolution != images.Height)
            throw new UsageException($"--resolution is {specification.Resolution}, but the images of '{folder}' are {images.Height}x{images.Width}; leave --resolution out");
        return new()
        {
            Network = specification,
            DataFolder = folder,
            SearchImages = parsed.GetValue(searchImages),
            Supernet = supernet,
            Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
        };
    }
}
