using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>Finds a network for each uniform one's multiply-adds, and one for its measured latency.</summary>
internal sealed class NetworkSearch(StageConsole console, TextWriter notices, RunSettings settings, RunImages images, RunFolder run)
{
    /// <summary>A network may be measured this far above its rival: measuring noise.</summary>
    private const double Tolerance = 0.01;

    /// <summary>A prediction is a few percent off, so for each budget networks are measured whose predicted latencies lie this far around it.</summary>
    private static readonly double[] Around = [1.04, 1.03, 1.02, 1.01, 1, 0.99, 0.98, 0.97];

    private readonly NetworkDefinition definition = NetworkCatalog.Create(settings.Network);

    private SlimStage Slim => new(console, notices, images) { AllowsUnhealthy = true };

    /// <summary>Writes each network's channels into its folder of the run.</summary>
    /// <param name="profiles">Folder of the cost tables.</param>
    /// <param name="cancellation">Looked at between probes and steps; the search then begins anew.</param>
    public async Task<NetworkPlan> RunAsync(string profiles, CancellationToken cancellation)
    {
        await using var session = await DeviceSession.OpenAsync(DeviceSession.LocalDevice, new(), notices, cancellation);
        var costs = await new ProfileStage(console, notices, profiles).RunAsync(definition, session.Device, settings.Seed, cancellation);
        var settle = new SettleStage(console, definition, session.Device, costs);
        var uniforms = SizeBudget.All.ToDictionary(NetworkPlan.UniformName, size => definition.Uniform(size.Width));
        var milliseconds = await settle.MeasureAsync(uniforms, settings.Seed, cancellation);
        await Slim.RequireHealthyAsync(settings, run, cancellation);
        var counted = await ByMultiplyAddsAsync(cancellation);
        var timed = await ByLatencyAsync(costs, settle, milliseconds, cancellation);
        var tried = uniforms.Concat(counted).Concat(timed.SelectMany(pair => pair.Value.Index().Select(choice => KeyValuePair.Create($"{pair.Key}.{choice.Index}", choice.Item)))).ToDictionary();
        var measured = await settle.MeasureAsync(tried, settings.Seed, cancellation);
        var networks = uniforms.Concat(counted).Select(pair => Planned(pair.Key, pair.Value, measured[pair.Key])).ToList();
        foreach (var size in SizeBudget.All) networks.Add(Nearest(NetworkPlan.LatencyName(size), timed[NetworkPlan.LatencyName(size)], measured[NetworkPlan.UniformName(size)], measured));
        return new(networks);
    }

    private async Task<Dictionary<string, ChannelConfiguration>> ByMultiplyAddsAsync(CancellationToken cancellation)
    {
        var cost = new MultiplyAdds();
        var limits = SizeBudget.All.ToDictionary(NetworkPlan.MultiplyAddsName, size => cost.Price(definition.Resolve(definition.Uniform(size.Width))));
        var folder = Subfolder("by-macs");
        var targets = limits.Select(limit => new Target(limit.Key, [new(cost.Name, limit.Value)])).ToList();
        var met = await SearchAsync(folder, targets, [cost], SlimmingOptions.Fast, cancellation);
        var trace = new SlimmingTrace(folder.TracePath).Read();
        return met.ToDictionary(pair => pair.Key, pair => FillUp.Widen(definition, trace, pair.Value, cost, limits[pair.Key], DeviceAlignment.None));
    }

    /// <summary>For each budget the networks that may match it.</summary>
    private async Task<Dictionary<string, IReadOnlyList<ChannelConfiguration>>> ByLatencyAsync(
        DeviceCosts costs, SettleStage settle, IReadOnlyDictionary<string, double> uniformMilliseconds, CancellationToken cancellation)
    {
        var cost = costs.Latency!;
        var limits = SizeBudget.All.ToDictionary(NetworkPlan.LatencyName, size => uniformMilliseconds[NetworkPlan.UniformName(size)]);
        var folder = Subfolder("by-latency");
        IReadOnlyDictionary<string, double> measured = new Dictionary<string, double>();

        // The settled search keeps a margin below its budget, which a comparison at equal latency has no use for.
        var targets = limits.Select(limit => new Target(limit.Key, [new(cost.Name, limit.Value * (1 + BudgetCorrection.Margin))])).ToList();
        var options = SlimmingOptions.Fast.AlignedTo(targets, [costs]);
        var search = new SettledSearch(targets, new Dictionary<string, double> { [cost.Name] = cost.Price(costs.Narrowest(definition)) })
        {
            Search = asked => SearchAsync(folder, asked, [cost], options, cancellation),
            Measure = async met =>
            {
                measured = await settle.MeasureAsync(met.ToDictionary(pair => pair.Key, pair => pair.Value.Configuration), settings.Seed, cancellation);
                return new Dictionary<string, IReadOnlyDictionary<string, double>> { [cost.Name] = measured };
            },
            ForgetSteps = () => File.Delete(folder.TracePath),
            Keep = _ => { },
        };
        var (chosen, _) = await search.RunAsync(new());
        var trace = new SlimmingTrace(folder.TracePath).Read();
        return chosen.ToDictionary(pair => pair.Key, pair =>
        {
            var predictedLimit = limits[pair.Key] * pair.Value.Cost[cost.Name] / measured[pair.Key];
            var widened = Around.Select(factor => predictedLimit * factor).Select(limit => FillUp.Widen(definition, trace, FirstWithin(trace, cost, limit), cost, limit, options.Alignment));
            var narrower = trace.Skip(pair.Value.Step + 1).Take(1).Select(step => step.Configuration);
            return (IReadOnlyList<ChannelConfiguration>)[.. widened.Append(pair.Value.Configuration).Concat(narrower).Distinct()];
        });
    }

    private static SlimmingStep FirstWithin(IReadOnlyList<SlimmingStep> trace, ICostModel cost, double limit) =>
        trace.FirstOrDefault(step => step.Cost[cost.Name] <= limit) ?? trace[^1];

    private Task<IReadOnlyDictionary<string, SlimmingStep>> SearchAsync(
        RunFolder folder, IReadOnlyList<Target> targets, IReadOnlyList<ICostModel> costs, SlimmingOptions options, CancellationToken cancellation) =>
        Slim.RunAsync(settings, folder, targets, costs, options, cancellation);

    /// <summary>The slowest of those that were measured as quick as the rival; the quickest when none was.</summary>
    private PlannedNetwork Nearest(string name, IReadOnlyList<ChannelConfiguration> choices, double limit, IReadOnlyDictionary<string, double> measured)
    {
        var timed = choices.Select((choice, index) => (Choice: choice, Milliseconds: measured[$"{name}.{index}"])).ToList();
        var fitting = timed.Where(choice => choice.Milliseconds <= limit * (1 + Tolerance)).ToList();
        var (nearest, milliseconds) = fitting.Count > 0 ? fitting.MaxBy(choice => choice.Milliseconds) : timed.MinBy(choice => choice.Milliseconds);
        return Planned(name, nearest, milliseconds);
    }

    private PlannedNetwork Planned(string name, ChannelConfiguration configuration, double milliseconds)
    {
        ChannelFile.Of(definition, configuration).Write(run.Network(name).ChannelsPath);
        return new(name, MultiplyAdds.Count(definition.Resolve(configuration)), milliseconds);
    }

    /// <summary>A search of its own: an empty trace and the run's supernet.</summary>
    private RunFolder Subfolder(string name)
    {
        var folder = new RunFolder(Path.Combine(run.Path, name));
        Directory.CreateDirectory(folder.Path);
        File.Delete(folder.TracePath);
        File.Copy(run.SupernetPath, folder.SupernetPath, overwrite: true);
        return folder;
    }
}
