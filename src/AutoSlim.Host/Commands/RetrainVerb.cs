using System.CommandLine;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Training.Native;

namespace AutoSlim.Host.Commands;

/// <summary><c>retrain</c>: every network of a run from scratch, at its own width.</summary>
internal sealed class RetrainVerb
{
    private readonly Argument<string> run = RunOptions.Run();
    private readonly Option<int?> epochs = new("--epochs") { HelpName = "N", Description = "Passes over the training images. Default: the supernet's." };
    private readonly Option<double?> learningRate = new("--learning-rate") { HelpName = "X", Description = "Peak; falls linearly to 0. Default: the supernet's." };

    public Command Command
    {
        get
        {
            var verb = new Command("retrain", "Trains every network that slim chose from scratch; goes on where it was interrupted.") { run, epochs, learningRate };
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = new RunFolder(parsed.GetValue(run)!);
        var settings = folder.Settings();
        var options = settings.Supernet with
        {
            Epochs = parsed.GetValue(epochs) ?? settings.Supernet.Epochs,
            LearningRate = parsed.GetValue(learningRate) ?? settings.Supernet.LearningRate,
        };
        if (options.Problems() is { Count: > 0 } problems) throw new UsageException(problems);
        TorchRuntime.Load(settings.Threads);
        var stage = new TrainStage(StageConsole.For(parsed.InvocationConfiguration.Error), RunImages.Load(settings));
        var networks = ChosenNetworks.Of(folder);
        await stage.FinalAsync(settings, networks, options, cancellation);
        foreach (var network in networks) await parsed.InvocationConfiguration.Output.WriteLineAsync(network.WeightsPath);
    }
}
