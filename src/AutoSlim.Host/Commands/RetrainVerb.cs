using System.CommandLine;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Commands;

/// <summary><c>retrain</c>: the final training of a run's networks, each on its own or all together.</summary>
internal sealed class RetrainVerb
{
    private readonly Argument<string> run = RunOptions.Run();
    private readonly TrainingChoice training = new();

    private readonly RetrainingChoice choice = new();

    public Command Command
    {
        get
        {
            var verb = new Command("retrain", "Trains the networks that slim chose, as the supernet was trained but for the options given; goes on where it was interrupted.") { run };
            choice.AddTo(verb);
            training.AddTo(verb);
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = new RunFolder(parsed.GetValue(run)!);
        var settings = folder.Settings();
        var options = training.Over(parsed, settings.Supernet);
        var networks = ChosenNetworks.Of(folder, choice.Targets(parsed));
        var wanted = choice.Options(parsed);
        if (wanted is { Joint: true, Distil: Distillation.InPlace } && networks.Select(network => network.Channels(NetworkCatalog.Create(settings.Network))).Distinct().Count() < 2)
            throw new UsageException("--distil inplace teaches narrower networks by the widest of them, but all have the same channels; choose more networks, or another --distil");
        TorchRuntime.Load(settings.Threads, settings.Device);
        var stage = new TrainStage(StageConsole.For(parsed.InvocationConfiguration.Error), RunImages.Load(settings, parsed.InvocationConfiguration.Error));
        using var retraining = Retraining.Prepare(folder, wanted, settings.Device);
        if (retraining.Options.Joint) await stage.JointAsync(settings, folder, networks, options, retraining, cancellation);
        else await stage.FinalAsync(settings, networks, options, retraining, cancellation);
        foreach (var network in networks) await parsed.InvocationConfiguration.Output.WriteLineAsync(network.WeightsPath);
    }
}
