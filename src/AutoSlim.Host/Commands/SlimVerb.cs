using System.CommandLine;
using System.Text;
using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Training.Native;

namespace AutoSlim.Host.Commands;

/// <summary><c>slim</c>: greedy slimming of a trained supernet under all targets.</summary>
internal sealed class SlimVerb
{
    private readonly Argument<string> run = RunOptions.Run();
    private readonly Option<string[]> targets = new("--target")
    {
        HelpName = "\"NAME: latency@DEVICE<=8ms, memory@DEVICE<=30MB, macs<=300M\"",
        Description = "A network that is wanted, with its budgets; repeatable.",
        Required = true,
    };

    private readonly SearchChoice search = new();
    private readonly Option<bool> unhealthy = new("--unhealthy") { Description = "Search although random mid sizes score no better than the narrowest network." };
    private readonly Option<string> profiles = RunOptions.Profiles();
    private readonly Option<bool> unsteady = RunOptions.Unsteady();
    private readonly Option<string?> server = RunOptions.Server();
    private readonly Option<int> port = RunOptions.Port();
    private readonly Option<double> timeout = RunOptions.ConnectTimeout();

    public Command Command
    {
        get
        {
            var verb = new Command("slim", "Slims a run's supernet to every target; measures first what a device's table lacks.") { run, targets };
            verb.Validators.Add(result => TargetOption.Check(result, targets));
            search.AddTo(verb);
            foreach (var option in new Option[] { unhealthy, profiles, unsteady, server, port, timeout }) verb.Add(option);
            verb.Validators.Add(result => Ranges.Check(result, port, 0, 65535));
            verb.Validators.Add(result => Ranges.Check(result, timeout, 1, 86_400));
            return verb.Runs(RunAsync);
        }
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (folder, notices) = (new RunFolder(parsed.GetValue(run)!), parsed.InvocationConfiguration.Error);
        var settings = folder.Settings();
        var wanted = TargetOption.Read(parsed.GetValue(targets));
        SlimStage.RequireCountedReachable(NetworkCatalog.Create(settings.Network), wanted, search.Options(parsed));
        BegunPrices.RequireAll(folder, wanted);
        TorchRuntime.Load(settings.Threads, settings.Device);
        var slim = new SlimStage(StageConsole.For(notices), notices, RunImages.Load(settings, notices))
        {
            AllowsUnhealthy = parsed.GetValue(unhealthy),
            Way = search.Way(parsed),
        };
        await slim.RequireHealthyAsync(settings, folder, cancellation);
        var devices = await SettlingDevicesAsync(parsed, settings, wanted, notices, cancellation);
        var met = await new SettledSlimming(slim, notices, settings, folder).RunAsync(
            wanted, devices, search.Options(parsed), () => SettlingRecord.Read(folder, wanted), state => SettlingRecord.Write(folder, wanted, state), cancellation);
        foreach (var target in wanted)
        {
            var step = met[target.Name];
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{folder.Network(target.Name).ChannelsPath}: {step.Score.Keys.Single()} {step.ScoreValue:0.0000}, {string.Join(", ", step.Cost.Select(cost => FormattableString.Invariant($"{cost.Key} {cost.Value:0.###}")))}");
        }
    }

    private static IEnumerable<string> DevicesOf(IReadOnlyList<Target> targets) => targets.SelectMany(target => target.Budgets).Select(budget => budget.Device).OfType<string>().Distinct();

    /// <summary>A running host's devices measure at once, and one that is away keeps none of the others waiting; a hub of our own has one port for one after another.</summary>
    private async Task<List<SettlingDevice>> SettlingDevicesAsync(ParseResult parsed, RunSettings settings, IReadOnlyList<Target> wanted, TextWriter notices, CancellationToken cancellation)
    {
        var names = DevicesOf(wanted).Reverse().ToList();
        if (names.Count > 1 && RunOptions.Session(parsed, server, port, timeout).Server is not null)
        {
            var shared = TextWriter.Synchronized(notices);
            return [.. await Task.WhenAll(names.Select(device => SettlingDeviceAsync(parsed, settings, device, wanted, StageConsole.PlainFor(shared), shared, cancellation)))];
        }

        var devices = new List<SettlingDevice>();
        foreach (var device in names) devices.Add(await SettlingDeviceAsync(parsed, settings, device, wanted, StageConsole.For(notices), notices, cancellation));
        return devices;
    }

    /// <summary>A device is asked for only while it measures: between that the processor searches, and several devices may share the port.</summary>
    private async Task<SettlingDevice> SettlingDeviceAsync(
        ParseResult parsed, RunSettings settings, string device, IReadOnlyList<Target> wanted, StageConsole console, TextWriter notices, CancellationToken cancellation)
    {
        var (definition, folder) = (NetworkCatalog.Create(settings.Network), new RunFolder(parsed.GetValue(run)!));
        if (await ImportedCosts.FindAsync(folder, definition, parsed.GetValue(profiles)!, device, notices) is DeviceCosts imported) return new(imported, Measure: null);
        var prices = WantedPrices.Of(wanted, device);
        var costs = BegunPrices.Of(folder, definition, device, prices) ?? await MeasuredAsync();
        var measures = new SettlingMeasures(console, definition, costs, new(parsed.GetValue(profiles)!, notices), settings.Seed);
        return new(costs, async (met, asked) =>
        {
            await using var again = await OpenAsync($"settle {SittingOf(met)}");
            if (again.Device.Description.Fingerprint != costs.Table.Device.Fingerprint)
                throw new CommandFailedException($"device '{device}' has changed since it was profiled, in its hardware, runtime or options, and the search's prices are of before; delete '{folder.TracePath}' and slim again, which begins anew with the device as it is");
            return await measures.MeasureAsync(again.Device, met, asked, cancellation);
        });

        async Task<DeviceCosts> MeasuredAsync()
        {
            await using var session = await OpenAsync("profile");
            var profile = new ProfileStage(console, notices, parsed.GetValue(profiles)!) { Steadiness = RunOptions.Steadiness(parsed, unsteady, Steadiness.Required) };
            var found = await profile.RunAsync(definition, session.Device, prices, settings.Seed, cancellation);
            CostTableFile.Write(folder.CostTablePath(device), found.Table);
            return found;
        }

        Task<DeviceSession> OpenAsync(string sitting) => DeviceSession.OpenAsync(device, RunOptions.Session(parsed, server, port, timeout) with { Sitting = sitting }, notices, cancellation);
    }

    /// <summary>By what is measured: each choice of networks has a sitting of its own.</summary>
    private static string SittingOf(IReadOnlyDictionary<string, ChannelConfiguration> chosen) =>
        ContentHash.Of(Encoding.UTF8.GetBytes(string.Join('\n', chosen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"))));
}
