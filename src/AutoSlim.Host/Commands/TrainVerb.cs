using System.CommandLine;
using System.CommandLine.Parsing;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Data;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;
using AutoSlim.Training.Pretrained;

namespace AutoSlim.Host.Commands;

/// <summary><c>train</c>: the supernet.</summary>
internal sealed class TrainVerb
{
    private static readonly TrainingOptions Defaults = new() { Epochs = 50, LearningRate = 0.05, StartResidualsAtZero = true };

    private readonly Argument<string> network = RunOptions.Network();
    private readonly ImageChoice images = new();
    private readonly Option<string> output = new("--out") { HelpName = "RUN", Description = "Folder of the run.", Required = true };
    private readonly Option<bool> resume = new("--resume") { Description = "Go on with the run that the folder holds." };
    private readonly Option<string?> layout = RunOptions.Layout();
    private readonly Option<ulong> seed = new("--seed") { HelpName = "N", Description = "Decides everything random.", DefaultValueFactory = _ => Defaults.Seed };
    private readonly Option<int?> threads = new("--threads") { HelpName = "N", Description = "Threads that train. Default: one per processor." };
    private readonly Option<string> device = new("--device") { HelpName = "cpu|cuda[:N]", Description = "Where the run's networks are trained and scored.", DefaultValueFactory = _ => ComputeDevice.Cpu.ToString() };
    private readonly Option<string> precision = new("--precision")
    {
        HelpName = string.Join('|', PrecisionWords.All),
        Description = "Of convolutions and linear layers in training; bfloat16 is for GPUs.",
        DefaultValueFactory = _ => PrecisionWords.Of(Defaults.Precision),
    };

    private readonly TrainingChoice training = new(Defaults);
    private readonly Option<int> searchImages = new("--search-images") { HelpName = "N", Description = "Training images held out for the search.", DefaultValueFactory = _ => 2000 };

    private readonly Option<int> randomMembers = new("--random-members")
    {
        HelpName = "N",
        Description = "Random networks of each step, beside the widest and the narrowest.",
        DefaultValueFactory = _ => Defaults.RandomMembers,
    };

    private readonly Option<string?> weights = new("--weights") { HelpName = "FILE", Description = "Start from pretrained weights: safetensors with our names or torchvision's." };

    public Command Command
    {
        get
        {
            var verb = new Command("train", "Trains the slimmable supernet by the sandwich rule.")
            {
                network, images.Data, output, resume, layout, seed, threads, device, precision, searchImages, randomMembers, weights,
            };
            images.AddTo(verb);
            verb.Validators.Add(result => RunOptions.CheckNetwork(result, network, layout));
            verb.Validators.Add(result => ComputeOptions.Check(result, device, precision));
            verb.Validators.Add(CheckWeights);
            verb.Validators.Add(result => Ranges.Check(result, threads, 1, 1024));
            verb.Validators.Add(result => Ranges.Check(result, searchImages, 10, 1_000_000));
            verb.Validators.Add(result => Ranges.Check(result, randomMembers, 1, WidthSampler.MostRandomMembers));
            training.AddTo(verb);
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var notices = parsed.InvocationConfiguration.Error;
        var supernet = training.Over(parsed, Defaults with
        {
            Seed = parsed.GetValue(seed),
            Precision = PrecisionWords.Parse(parsed.GetValue(precision)!)!.Value,
            RandomMembers = parsed.GetValue(randomMembers),
        });
        var run = new RunFolder(parsed.GetValue(output)!);
        var begun = parsed.GetValue(resume) && File.Exists(run.SettingsPath) ? run.Settings() : null;
        var data = images.Open(parsed, begun, notices);
        var settings = Settings(parsed, supernet with { Augment = images.Augment(parsed, data.Training) }, data.Training) with { MaximumBroken = images.MaximumBroken(parsed, begun) };
        if (File.Exists(run.SettingsPath) && !parsed.GetValue(resume))
            throw new UsageException($"'{run.Path}' holds a run already; add --resume to go on with it, or choose another folder");
        TorchRuntime.Load(settings.Threads, settings.Device);
        var prepared = RunImages.Of(data, settings, notices);
        Batches.RequireOneArray(prepared.Training, settings.Supernet.BatchSize);
        var pretrained = Pretrained(parsed, settings);
        run.Begin(settings, prepared);
        if (ComputeOptions.Caution(settings) is string caution) await notices.WriteLineAsync($"train: {caution}");
        await new TrainStage(StageConsole.For(notices), prepared).SupernetAsync(settings, run, cancellation, pretrained);
        await parsed.InvocationConfiguration.Output.WriteLineAsync(run.SupernetPath);
    }

    private void CheckWeights(CommandResult result)
    {
        if (result.GetResult(weights)?.Tokens is [var file] && !File.Exists(file.Value))
            result.AddError($"--weights: file '{file.Value}' does not exist; give a safetensors file");
    }

    /// <summary>What fits of a file is told before the run begins.</summary>
    private PretrainedWeights? Pretrained(ParseResult parsed, RunSettings settings)
    {
        if (parsed.GetValue(weights) is not string path) return null;
        var pretrained = PretrainedWeights.Read(path, NetworkCatalog.Create(settings.Network));
        foreach (var line in pretrained.Report) parsed.InvocationConfiguration.Error.WriteLine($"train: '{path}': {line}");
        return pretrained;
    }

    private RunSettings Settings(ParseResult parsed, TrainingOptions supernet, ImageSource shown)
    {
        var specification = new NetworkSpecification(
            parsed.GetValue(network)!, RunOptions.LayoutOf(parsed.GetValue(layout)), shown.Height, shown.Channels, shown.Classes);
        return new()
        {
            Network = specification,
            DataFolder = images.Folder(parsed),
            SearchImages = parsed.GetValue(searchImages),
            Supernet = supernet,
            Weights = parsed.GetValue(weights) is string path ? InitialWeights.Of(path) : null,
            Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
            Device = ComputeDevice.Parse(parsed.GetValue(device)!)!,
        };
    }
}
