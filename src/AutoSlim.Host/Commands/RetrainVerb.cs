using System.CommandLine;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Training.Native;

namespace AutoSlim.Host.Commands;

/// <summary><c>retrain</c>: every network of a run from scratch, at its own width.</summary>
internal sealed class RetrainVerb
{
    private readonly Argument<string> run = RunOptions.Run();
    private readonly TrainingChoice training = new();

    public Command Command
    {
        get
        {
            var verb = new Command("retrain", "Trains every network that slim chose from scratch; goes on where it was interrupted. Trains as the supernet was, but for the options given.") { run };
            training.AddTo(verb);
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = new RunFolder(parsed.GetValue(run)!);
        var settings = folder.Settings();
        var options = training.Over(parsed, settings.Supernet);
        TorchRuntime.Load(settings.Threads);
        var stage = new TrainStage(StageConsole.For(parsed.InvocationConfiguration.Error), RunImages.Load(settings));
        var networks = ChosenNetworks.Of(folder);
        await stage.FinalAsync(settings, networks, options, cancellation);
        foreach (var network in networks) await parsed.InvocationConfiguration.Output.WriteLineAsync(network.WeightsPath);
    }
}
