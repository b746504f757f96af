using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Profiling;
using AutoSlim.Slimming;
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

    private readonly Option<string> rule = new("--rule") { HelpName = "ratio|paper", Description = "ratio: least loss per cost saved; paper: least loss.", DefaultValueFactory = _ => "ratio" };
    private readonly Option<string> search = new("--search")
    {
        HelpName = string.Join('|', SearchWays.Words),
        Description = "exhaustive: every candidate, from the first layer; shared: the same decisions, what candidates have in common computed once; fast: only the most promising are scored afresh.",
        DefaultValueFactory = _ => SearchWays.Fast,
    };

    private readonly Option<string> score = new("--score") { HelpName = "loss|error", Description = "What candidates are scored by on held-out images.", DefaultValueFactory = _ => "loss" };
    private readonly Option<int?> rescored = new("--rescored") { HelpName = "N", Description = $"Candidates scored afresh at a time, until none of the others looks better. Default: {SlimmingOptions.Fast.RescoredCandidates}, all unless fast." };
    private readonly Option<int?> refresh = new("--refresh") { HelpName = "N", Description = $"Steps after which all are scored again. Default: {SlimmingOptions.Fast.RefreshInterval}." };
    private readonly Option<int?> blocks = new("--blocks") { HelpName = "N", Description = $"Blocks that a step takes. Default: {SlimmingOptions.Fast.BlocksPerStep}, one where that is over {SlimmingOptions.Fast.LargestShare * 100:0} % of a layer; 1 unless fast." };
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
            var verb = new Command("slim", "Slims a run's supernet to every target; measures first what a device's table lacks.")
            {
                run, targets, search, rule, score, rescored, refresh, blocks, unhealthy, profiles, unsteady, server, port, timeout,
            };
            search.AcceptOnlyFromAmong(SearchWays.Words);
            rule.AcceptOnlyFromAmong("ratio", "paper");
            score.AcceptOnlyFromAmong("loss", "error");
            verb.Validators.Add(result => TargetOption.Check(result, targets));
            verb.Validators.Add(result => Ranges.Check(result, rescored, 1, 10_000));
            verb.Validators.Add(result => Ranges.Check(result, refresh, 1, 100_000));
            verb.Validators.Add(CheckRefresh);
            verb.Validators.Add(result => Ranges.Check(result, blocks, 1, 1000));
            verb.Validators.Add(result => Ranges.Check(result, port, 0, 65535));
            verb.Validators.Add(result => Ranges.Check(result, timeout, 1, 86_400));
            return verb.Runs(RunAsync);
        }
    }

    private void CheckRefresh(CommandResult result)
    {
        if (result.GetResult(refresh) is null || result.GetResult(rescored) is not null || result.GetResult(search)?.Tokens is not [var way] || way.Value == SearchWays.Fast) return;
        result.AddError($"--refresh: --search {way.Value} scores all candidates in every step; leave --refresh out, or give --rescored N too");
    }

    private async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (folder, notices) = (new RunFolder(parsed.GetValue(run)!), parsed.InvocationConfiguration.Error);
        var settings = folder.Settings();
        var wanted = TargetOption.Read(parsed.GetValue(targets));
        SlimStage.RequireCountedReachable(NetworkCatalog.Create(settings.Network), wanted, Options(parsed));
        TorchRuntime.Load(settings.Threads, settings.Device);
        var slim = new SlimStage(StageConsole.For(notices), notices, RunImages.Load(settings, notices))
        {
            AllowsUnhealthy = parsed.GetValue(unhealthy),
            Way = SearchWays.Scoring(parsed.GetValue(search)!),
        };
        await slim.RequireHealthyAsync(settings, folder, cancellation);
        var devices = await SettlingDevicesAsync(parsed, settings, wanted, notices, cancellation);
        var met = await new SettledSlimming(slim, notices, settings, folder).RunAsync(
            wanted, devices, Options(parsed), SettlingRecord.Read(folder, wanted), state => SettlingRecord.Write(folder, wanted, state), cancellation);
        foreach (var target in wanted)
        {
            var step = met[target.Name];
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                $"{folder.Network(target.Name).ChannelsPath}: {step.Score.Keys.Single()} {step.ScoreValue:0.0000}, {string.Join(", ", step.Cost.Select(cost => FormattableString.Invariant($"{cost.Key} {cost.Value:0.###}")))}");
        }
    }

    private SlimmingOptions Options(ParseResult parsed)
    {
        var way = SearchWays.Options(parsed.GetValue(search)!);
        return way with
        {
            Rule = Enum.Parse<StepRule>(parsed.GetValue(rule)!, ignoreCase: true),
            Score = Enum.Parse<SearchScore>(parsed.GetValue(score)!, ignoreCase: true),
            RescoredCandidates = parsed.GetValue(rescored) ?? way.RescoredCandidates,
            RefreshInterval = parsed.GetValue(refresh) ?? way.RefreshInterval,
            BlocksPerStep = parsed.GetValue(blocks) ?? way.BlocksPerStep,
            LargestShare = parsed.GetValue(blocks) is null ? way.LargestShare : 1,
        };
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
