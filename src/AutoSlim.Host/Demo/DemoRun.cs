using System.Diagnostics;
using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Slimming;
using AutoSlim.Training.Native;

namespace AutoSlim.Host.Demo;

/// <summary>The whole loop on one machine: nothing but the stages of the other verbs, one after another.</summary>
internal sealed class DemoRun
{
    private readonly DemoOptions options;
    private readonly RunFolder run;
    private readonly RunSettings settings;
    private readonly RunImages images;
    private readonly NetworkDefinition definition;
    private readonly StageConsole console;
    private readonly TextWriter notices;
    private DemoState state;

    /// <exception cref="Commands.UsageException">The folder holds a run with other settings.</exception>
    public DemoRun(DemoOptions options, StageConsole console, TextWriter notices)
    {
        (this.options, this.console, this.notices) = (options, console, notices);
        run = new(options.Out);
        settings = DemoSettings.Of(options);
        SlimStage.RequirePriced(options.Targets, [DeviceLatency.NameFor(DeviceSession.LocalDevice), .. CountedCosts.All.Select(cost => cost.Name)]);
        images = RunImages.Load(settings, notices);
        definition = NetworkCatalog.Create(settings.Network);
        run.Begin(settings, images);
        state = DemoState.Read(run);
        state.RequireSame(options.Targets, run);
    }

    /// <summary>Runs, or goes on, to the end. The device is not measured while the processor trains.</summary>
    public async Task<DemoResult> RunAsync(CancellationToken cancellation)
    {
        TorchRuntime.Load(settings.Threads, settings.Device);
        await using var session = await DeviceSession.OpenAsync(DeviceSession.LocalDevice, new() { Port = options.Port }, notices, cancellation);
        var costs = await Timed("profile", () => ProfileAsync(session, cancellation));
        var targets = ChooseTargets(costs);
        var train = new TrainStage(console, images);
        await Timed("train", () => train.SupernetAsync(settings, run, cancellation));
        var met = await Timed("slim", () => SlimAsync(targets, costs, session, cancellation));
        var partners = await Timed("slim", () => PartnersAsync(met, costs, session, cancellation));
        var folders = targets.Select(target => target.Name).Concat(partners.Select(partner => partner.Folder)).Distinct().Select(run.Network).ToList();
        await Timed("retrain", () => RetrainAsync(train, folders, cancellation));
        var verify = new VerifyStage(console, notices, images, session.Device)
        {
            Settles = options.Steadiness != Steadiness.Ignored,
            Corrections = SettlingRecord.Corrections(run, costs.Latency!.Name),
        };
        var verifications = await Timed("verify", () => verify.RunOnceAsync(settings, folders, costs, cancellation));
        var byFolder = folders.Zip(verifications).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return new(definition, settings.DataFolder, images, session.Device, costs, targets, met, partners, byFolder, new SlimmingTrace(run.TracePath).Read(), state.Seconds);
    }

    /// <summary>A run that has begun keeps the prices it began with, whatever others measure meanwhile.</summary>
    private async Task<DeviceCosts> ProfileAsync(DeviceSession session, CancellationToken cancellation)
    {
        if (File.Exists(run.CostTablePath(DeviceSession.LocalDevice))) return Begun(CostTableFile.Read(run.CostTablePath(DeviceSession.LocalDevice)), session.Device);
        var costs = await new ProfileStage(console, notices, options.Profiles) { Steadiness = options.Steadiness }.RunAsync(definition, session.Device, settings.Seed, cancellation);
        CostTableFile.Write(run.CostTablePath(DeviceSession.LocalDevice), costs.Table);
        return costs;
    }

    private DeviceCosts Begun(CostTable table, ConnectedDevice device) => table.Device.Fingerprint == device.Description.Fingerprint
        ? DeviceCosts.Of(definition, device.Name, table)
        : throw new CommandFailedException($"'{run.Path}' was begun on a device that has changed since, in its hardware, runtime or options; begin in another folder");

    private static IReadOnlyList<ICostModel> AllCosts(DeviceCosts costs) => [.. costs.Models, .. CountedCosts.All];

    private IReadOnlyList<Target> ChooseTargets(DeviceCosts costs)
    {
        if (state.Targets.Count > 0) return Target.ParseAll(state.Targets);
        var targets = options.Targets.Count > 0 ? options.Targets : DefaultTargets.For(definition, costs, DeviceSession.LocalDevice);
        SlimStage.RequireReachable(new(definition, targets, AllCosts(costs), options.Search.AlignedTo(targets, [costs])));
        Keep(state with { Targets = [.. targets.Select(target => target.ToString())] });
        return targets;
    }

    private async Task<IReadOnlyDictionary<string, SlimmingStep>> SlimAsync(
        IReadOnlyList<Target> targets, DeviceCosts costs, DeviceSession session, CancellationToken cancellation)
    {
        var measures = new SettlingMeasures(console, definition, costs, new(options.Profiles, notices), settings.Seed);
        var slim = new SlimStage(console, notices, images) { AllowsUnhealthy = true };
        await slim.RequireHealthyAsync(settings, run, cancellation);
        var device = new SettlingDevice(costs, (met, limited) => measures.MeasureAsync(session.Device, met, limited, cancellation));
        return await new SettledSlimming(slim, notices, settings, run).RunAsync(
            targets, [device], options.Search, () => SettlingRecord.Read(run, targets), settling => SettlingRecord.Write(run, targets, settling), cancellation);
    }

    private async Task<IReadOnlyList<UniformPartner>> PartnersAsync(
        IReadOnlyDictionary<string, SlimmingStep> met, DeviceCosts costs, DeviceSession session, CancellationToken cancellation)
    {
        if (state.Partners.Count > 0) return state.Partners;
        var slimmed = met.ToDictionary(pair => pair.Key, pair => pair.Value.Configuration);
        var partners = await new PartnerStage(console, notices, session.Device).RunAsync(run, definition, slimmed, costs.Latency!, settings.Seed, cancellation);
        Keep(state with { Partners = partners });
        return partners;
    }

    private async Task<bool> RetrainAsync(TrainStage train, IReadOnlyList<NetworkFolder> folders, CancellationToken cancellation)
    {
        await train.FinalAsync(settings, folders, options.Final, cancellation);
        foreach (var folder in folders) ExportStage.Run(settings, folder);
        return true;
    }

    private async Task Timed(string stage, Func<Task> work) => await Timed(stage, async () =>
    {
        await work();
        return true;
    });

    /// <summary>An interrupted stage's seconds count too.</summary>
    private async Task<T> Timed<T>(string stage, Func<Task<T>> work)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            return await work();
        }
        finally
        {
            Keep(state.WithSeconds(stage, clock.Elapsed.TotalSeconds));
        }
    }

    private void Keep(DemoState next)
    {
        state = next;
        state.Write(run);
    }
}
