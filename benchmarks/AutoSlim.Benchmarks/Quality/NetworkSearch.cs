using AutoSlim.Costs;
using AutoSlim.Host.Stages;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>Finds a network for each uniform one's multiply-adds, and one for its measured latency.</summary>
internal sealed class NetworkSearch(StageConsole console, TextWriter notices, RunSettings settings, RunImages images, RunFolder run)
{
    /// <summary>Of the smallest latency budget: how far the search goes on below it.</summary>
    private const double Further = 0.8;

    private readonly NetworkDefinition definition = NetworkCatalog.Create(settings.Network);

    private SlimStage Slim => new(console, notices, images) { AllowsUnhealthy = true };

    /// <summary>Writes each network's channels into its folder of the run.</summary>
    /// <param name="profiles">Folder of the cost tables.</param>
    /// <param name="cancellation">Looked at between probes and steps; the search then begins anew.</param>
    public async Task<NetworkPlan> RunAsync(string profiles, CancellationToken cancellation)
    {
        await using var session = await DeviceSession.OpenAsync(DeviceSession.LocalDevice, new(), notices, cancellation);
        var costs = await new ProfileStage(console, notices, profiles) { Steadiness = Steadiness.Preferred }.RunAsync(definition, session.Device, settings.Seed, cancellation);
        var settle = new SettleStage(console, definition, session.Device, costs);
        var uniforms = SizeBudget.All.ToDictionary(NetworkPlan.UniformName, size => definition.Uniform(size.Width));
        var milliseconds = await settle.MeasureAsync(uniforms, settings.Seed, cancellation);
        await Slim.RequireHealthyAsync(settings, run, cancellation);
        var counted = await ByMultiplyAddsAsync(cancellation);
        var matches = await ByLatencyAsync(costs, settle, milliseconds, cancellation);
        var measured = await new MatchedLatencies(uniforms.Concat(counted).ToDictionary(), matches, notices) { Measure = networks => settle.MeasureAsync(networks, settings.Seed, cancellation) }.RunAsync();
        return new([.. measured.Select(pair => Planned(pair.Key, pair.Value))]);
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

    /// <summary>Looks first where the settled search says that each budget lies.</summary>
    private async Task<Dictionary<SizeBudget, LatencyMatch>> ByLatencyAsync(
        DeviceCosts costs, SettleStage settle, IReadOnlyDictionary<string, double> uniformMilliseconds, CancellationToken cancellation)
    {
        var cost = costs.Latency!;
        var limits = SizeBudget.All.ToDictionary(NetworkPlan.LatencyName, size => uniformMilliseconds[NetworkPlan.UniformName(size)]);
        var folder = Subfolder("by-latency");
        IReadOnlyDictionary<string, double> measured = new Dictionary<string, double>();

        // The settled search keeps a margin below its budget, which a comparison at equal latency has no use for.
        var targets = limits.Select(limit => new Target(limit.Key, [new(cost.Name, limit.Value * (1 + BudgetCorrection.Margin))])).ToList();
        var options = SlimmingOptions.Fast.AlignedTo(targets, [costs]);
        var smallest = cost.Price(costs.Narrowest(definition));
        var search = new SettledSearch(targets, new Dictionary<string, double> { [cost.Name] = smallest })
        {
            Search = async asked =>
            {
                var met = await SearchAsync(folder, [.. asked, Beyond(asked, cost.Name, smallest)], [cost], options, cancellation);
                return asked.ToDictionary(target => target.Name, target => met[target.Name]);
            },
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
        return SizeBudget.All.ToDictionary(size => size, size =>
        {
            var (name, match) = (NetworkPlan.LatencyName(size), new LatencyMatch(definition, trace, cost, options.Alignment));
            match.LookAround(limits[name] * chosen[name].Cost[cost.Name] / measured[name]);
            return match;
        });
    }

    /// <summary>A search that ended with the smallest budget would have nothing quicker to try where its network turns out slower than the uniform one.</summary>
    private static Target Beyond(IReadOnlyList<Target> asked, string cost, double smallest) =>
        new("beyond", [new(cost, Math.Max(smallest, Further * asked.Min(target => target.Budgets[0].Limit)))]);

    private Task<IReadOnlyDictionary<string, SlimmingStep>> SearchAsync(
        RunFolder folder, IReadOnlyList<Target> targets, IReadOnlyList<ICostModel> costs, SlimmingOptions options, CancellationToken cancellation) =>
        Slim.RunAsync(settings, folder, targets, costs, options, cancellation);

    private PlannedNetwork Planned(string name, TimedNetwork network)
    {
        ChannelFile.Of(definition, network.Configuration).Write(run.Network(name).ChannelsPath);
        return new(name, MultiplyAdds.Count(definition.Resolve(network.Configuration)), network.Milliseconds, network.UniformMilliseconds);
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
