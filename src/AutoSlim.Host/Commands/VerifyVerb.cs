using System.CommandLine;
using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Training.Native;
using Spectre.Console;

namespace AutoSlim.Host.Commands;

/// <summary><c>verify</c>: the exported files on the device: predicted and measured latency, accuracy in torch and in ONNX Runtime.</summary>
internal sealed class VerifyVerb
{
    private static readonly string[] MemoryColumns = ["memory predicted", "measured"];

    private readonly Argument<string> run = RunOptions.Run();
    private readonly Option<string> device = RunOptions.Device();
    private readonly Option<string> profiles = RunOptions.Profiles();
    private readonly Option<bool> unsteady = RunOptions.Unsteady();
    private readonly Option<string?> server = RunOptions.Server();
    private readonly Option<int> port = RunOptions.Port();
    private readonly Option<double> timeout = RunOptions.ConnectTimeout();
    private readonly Option<bool> json = CommonOptions.Json();

    public Command Command
    {
        get
        {
            var verb = new Command("verify", "Times every exported network on the device and classifies the test images with it.") { run, device, profiles, unsteady, server, port, timeout, json };
            verb.Validators.Add(result => Ranges.Check(result, port, 0, 65535));
            verb.Validators.Add(result => Ranges.Check(result, timeout, 1, 86_400));
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (folder, notices) = (new RunFolder(parsed.GetValue(run)!), parsed.InvocationConfiguration.Error);
        var settings = folder.Settings();
        var networks = ChosenNetworks.Of(folder);
        if (networks.FirstOrDefault(network => !File.Exists(network.OnnxPath)) is NetworkFolder unexported)
            throw new UsageException($"'{unexported.OnnxPath}' is missing; write it with: autoslim export '{folder.Path}'");
        TorchRuntime.Load(settings.Threads, settings.Device);
        var images = RunImages.Load(settings, notices);
        await using var session = await DeviceSession.OpenAsync(parsed.GetValue(device)!, RunOptions.Session(parsed, server, port, timeout), notices, cancellation);
        var console = StageConsole.For(notices);
        var costs = await CostsAsync(parsed, console, folder, NetworkCatalog.Create(settings.Network), session.Device, cancellation);
        var verify = new VerifyStage(console, notices, images, session.Device)
        {
            Settles = !parsed.GetValue(unsteady),
            Corrections = SettlingRecord.Corrections(folder, costs.Latency.Name),
            MemoryCorrections = SettlingRecord.Corrections(folder, DeviceMemory.NameFor(session.Device.Name)),
        };
        var verifications = await verify.RunAsync(settings, networks, costs, cancellation);
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json)) JsonOutput.Write(output, networks.Zip(verifications).ToDictionary(pair => pair.First.Name, pair => pair.Second));
        else TerminalOutput.For(output).Write(Table([.. networks.Zip(verifications)]));
    }

    /// <summary>With the memory where a target limits it.</summary>
    private async Task<DeviceCosts> CostsAsync(ParseResult parsed, StageConsole console, RunFolder folder, NetworkDefinition definition, ConnectedDevice measuring, CancellationToken cancellation)
    {
        var withMemory = SettlingRecord.Limits(folder, DeviceMemory.NameFor(measuring.Name));
        if (BegunPrices.Of(folder, definition, measuring.Name, withMemory) is DeviceCosts begun && begun.Table.Device.Fingerprint == measuring.Description.Fingerprint) return begun;
        var tables = parsed.GetValue(profiles)!;
        var costs = await new ProfileStage(console, parsed.InvocationConfiguration.Error, tables) { Steadiness = RunOptions.Steadiness(parsed, unsteady, Steadiness.Preferred) }.RunAsync(definition, measuring, folder.Settings().Seed, cancellation);
        return withMemory ? await new MemoryStage(console, definition, measuring).RunAsync(costs, tables, cancellation) : costs;
    }

    private static Table Table(IReadOnlyList<(NetworkFolder Network, Verification Verification)> rows)
    {
        var withMemory = rows.Any(row => row.Verification.MeasuredMemoryBytes is not null);
        var table = TerminalTable.Create("network", ["predicted", "measured", "accuracy", "in ONNX", "logits differ by", .. withMemory ? MemoryColumns : []]);
        foreach (var (network, found) in rows)
        {
            table.AddRow([
                network.Name, $"{found.PredictedMilliseconds:0.000} ms", $"{found.MeasuredMilliseconds:0.000} ms",
                $"{found.Accuracy:0.0 %}", $"{found.OnnxAccuracy:0.0 %}", $"{found.MaximumLogitDifference:0.0e0}",
                .. withMemory ? [$"{found.PredictedMemoryBytes / 1e6:0.00} MB", $"{found.MeasuredMemoryBytes / 1e6:0.00} MB"] : Array.Empty<string>()]);
        }

        return table;
    }
}
