using System.CommandLine;
using AutoSlim.Host.Stages;
using AutoSlim.Networks;
using AutoSlim.Training.Native;

namespace AutoSlim.Host.Commands;

/// <summary><c>export</c>: an ONNX file of every retrained network.</summary>
internal sealed class ExportVerb
{
    private readonly Argument<string> run = RunOptions.Run();
    private readonly Option<string[]> targets = RunOptions.Targets("Export");

    public Command Command => new Command("export", "Writes every retrained network as ONNX, batch norm folded.") { run, targets }.Runs(RunAsync);

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var folder = new RunFolder(parsed.GetValue(run)!);
        var settings = folder.Settings();
        var networks = ChosenNetworks.Of(folder, parsed.GetValue(targets) ?? []);
        TrainedNetworks.Require(folder, NetworkCatalog.Create(settings.Network), networks);
        TorchRuntime.Load(settings.Threads);
        foreach (var network in networks)
        {
            cancellation.ThrowIfCancellationRequested();
            ExportStage.Run(settings, network);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(network.OnnxPath);
        }
    }
}
