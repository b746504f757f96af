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
    private readonly Argument<string> run = RunOptions.Run();
    private readonly Option<string[]> targets = RunOptions.Targets("Verify");
    private readonly Option<string> device = RunOptions.Device();
    private readonly Option<string> profiles = RunOptions.Profiles();
    private readonly Option<bool> unsteady = RunOptions.Unsteady();
    private readonly Option<bool> strict = new("--strict") { Description = "End with exit code 1 where a budget is measured to be missed, for scripts that ship what was verified." };
    private readonly Option<string?> server = RunOptions.Server();
    private readonly Option<int> port = RunOptions.Port();
    private readonly Option<double> timeout = RunOptions.ConnectTimeout();
    private readonly Option<bool> json = CommonOptions.Json();

    public Command Command
    {
        get
        {
            var verb = new Command("verify", "Times every exported network on the device and classifies the test images with it.") { run, targets, device, profiles, unsteady, strict, server, port, timeout, json };
            verb.Validators.Add(result => Ranges.Check(result, port, 0, 65535));
            verb.Validators.Add(result => Ranges.Check(result, timeout, 1, 86_400));
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (folder, notices) = (new RunFolder(parsed.GetValue(run)!), parsed.InvocationConfiguration.Error);
        var settings = folder.Settings();
        var networks = ChosenNetworks.Of(folder, parsed.GetValue(targets) ?? []);
        ExportedNetworks.Require(folder, NetworkCatalog.Create(settings.Network), networks);
        if (parsed.GetValue(strict)) RequireTargets(folder, networks);
        TorchRuntime.Load(settings.Threads, settings.Device);
        var images = RunImages.Load(settings, notices);
        await using var session = await DeviceSession.OpenAsync(parsed.GetValue(device)!, RunOptions.Session(parsed, server, port, timeout), notices, cancellation);
        var console = StageConsole.For(notices);
        var costs = await CostsAsync(parsed, console, folder, NetworkCatalog.Create(settings.Network), session.Device, cancellation);
        var verify = new VerifyStage(console, notices, images, session.Device)
        {
            Settles = !parsed.GetValue(unsteady),
            Corrections = SettlingRecord.Corrections(folder, DeviceLatency.NameFor(session.Device.Name)),
            MemoryCorrections = SettlingRecord.Corrections(folder, DeviceMemory.NameFor(session.Device.Name)),
        };
        var verifications = await verify.RunAsync(settings, networks, costs, cancellation);
        var overspent = networks.Zip(verifications).SelectMany(pair => pair.Second.Overspent(pair.First.Name, SettlingRecord.TargetsOf(folder), session.Device.Name)).ToList();
        foreach (var line in overspent) await notices.WriteLineAsync($"verify: {line}");
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(json)) JsonOutput.Write(output, networks.Zip(verifications).ToDictionary(pair => pair.First.Name, pair => pair.Second));
        else Write(TerminalOutput.For(output), [.. networks.Zip(verifications)]);
        if (parsed.GetValue(strict) && overspent.Count > 0) throw new CommandFailedException($"{overspent.Count} of the budgets on '{session.Device.Name}' {(overspent.Count == 1 ? "is" : "are")} missed, and --strict wants all kept; slim to tighter ones, or verify again where the device was disturbed");
    }

    /// <exception cref="UsageException">Nobody knows the budgets of a single one.</exception>
    private static void RequireTargets(RunFolder run, IReadOnlyList<NetworkFolder> networks)
    {
        var known = SettlingRecord.TargetsOf(run).Select(target => target.Name).ToHashSet();
        if (!networks.Any(network => known.Contains(network.Name))) throw new UsageException($"--strict: '{run.Path}' holds no budgets of {string.Join(", ", networks.Select(network => network.Name))}, which slim would have left there; leave --strict out, or slim the run");
    }

    /// <summary>What the targets limit; where they limit nothing of this device, its latency.</summary>
    private async Task<DeviceCosts> CostsAsync(ParseResult parsed, StageConsole console, RunFolder folder, NetworkDefinition definition, ConnectedDevice measuring, CancellationToken cancellation)
    {
        var limited = WantedPrices.Of(SettlingRecord.TargetsOf(folder), measuring.Name);
        var wanted = limited with { Latency = limited.Latency || !limited.Memory };
        if (BegunPrices.Of(folder, definition, measuring.Name, wanted) is DeviceCosts begun && begun.Table.Device.Fingerprint == measuring.Description.Fingerprint) return begun;
        var profile = new ProfileStage(console, parsed.InvocationConfiguration.Error, parsed.GetValue(profiles)!) { Steadiness = RunOptions.Steadiness(parsed, unsteady, Steadiness.Preferred) };
        return await profile.RunAsync(definition, measuring, wanted, folder.Settings().Seed, cancellation);
    }

    /// <summary>Two tables, for all columns in one do not fit a terminal of 80: the memory only where it was measured.</summary>
    private static void Write(IAnsiConsole console, IReadOnlyList<(NetworkFolder Network, Verification Verification)> rows)
    {
        var (times, memory) = (TerminalTable.Create("network", "predicted", "measured", "accuracy", "in ONNX", "logits differ by"), TerminalTable.Create("memory of", "predicted", "measured"));
        foreach (var (network, found) in rows)
        {
            times.AddRow(
                network.Name, found.PredictedMilliseconds is double predicted ? $"{predicted:0.000} ms" : "-", $"{found.MeasuredMilliseconds:0.000} ms",
                $"{found.Accuracy:0.0 %}", $"{found.OnnxAccuracy:0.0 %}", $"{found.MaximumLogitDifference:0.0e0}");
            if (found.MeasuredMemoryBytes is double bytes) memory.AddRow(network.Name, $"{found.PredictedMemoryBytes / 1e6:0.00} MB", $"{bytes / 1e6:0.00} MB");
        }

        console.Write(times);
        if (memory.Rows.Count > 0) console.Write(memory);
    }
}
