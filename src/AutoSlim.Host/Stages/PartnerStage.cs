using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Host.Stages;

/// <summary>Finds, for each slimmed network, the uniform network whose measured latency on the same device is nearest at or above it.</summary>
internal sealed class PartnerStage(StageConsole console, TextWriter notices, ConnectedDevice device)
{
    private const int ScanRounds = 2;
    private const int MatchRounds = 7;
    private const int Neighbours = 3;

    /// <summary>A partner is at least this much slower than its slimmed network, so that measuring noise does not turn the two around.</summary>
    private const double Margin = 0.01;
    private const int LowestPercent = 15;
    private const int HighestPercent = 125;
    private const int PercentStep = 3;

    /// <summary>Writes a channels.json for each partner.</summary>
    /// <param name="run">Where they go.</param>
    /// <param name="definition">The network.</param>
    /// <param name="slimmed">The chosen configurations, by target.</param>
    /// <param name="latency">To know where to look.</param>
    /// <param name="seed">Decides the order of the probes.</param>
    /// <param name="cancellation">Looked at between probes.</param>
    public async Task<IReadOnlyList<UniformPartner>> RunAsync(
        RunFolder run, NetworkDefinition definition, IReadOnlyDictionary<string, ChannelConfiguration> slimmed,
        DeviceLatency latency, ulong seed, CancellationToken cancellation)
    {
        var uniforms = Uniforms(definition).OrderBy(uniform => latency.Price(uniform.Network)).ToList();
        var own = slimmed.Select(pair => (pair.Key, ProbeModel.ForNetwork(definition.Resolve(pair.Value)))).ToList();
        var coarse = await TimeAsync("scan uniform widths", ScanRounds, [.. uniforms.Select(uniform => Model(uniform.Width, uniform.Network)), .. own], seed, cancellation);
        var ranked = uniforms.OrderBy(uniform => coarse[UniformPartner.FolderOf(uniform.Width)]).ToList();
        var partners = await MatchAsync(ranked, coarse, own, seed, cancellation);
        foreach (var partner in partners) ChannelFile.Of(definition, definition.Uniform(partner.Width)).Write(run.Network(partner.Folder).ChannelsPath);
        return partners;
    }

    /// <summary>Times the few around where the scan saw a target, and more, while there are more, around each that finds none that is slow enough.</summary>
    private async Task<IReadOnlyList<UniformPartner>> MatchAsync(
        List<(double Width, ResolvedNetwork Network)> ranked, Dictionary<string, double> coarse, List<(string Name, byte[] Model)> own, ulong seed, CancellationToken cancellation)
    {
        for (var (neighbours, shortlist) = (Neighbours, Around(own, Neighbours)); ; neighbours *= 2)
        {
            var measured = await TimeAsync("match uniform widths", MatchRounds, [.. shortlist.Select(uniform => Model(uniform.Width, uniform.Network)), .. own], seed, cancellation);
            var times = shortlist.ToDictionary(uniform => uniform.Width, uniform => measured[UniformPartner.FolderOf(uniform.Width)]);
            var partners = own.Select(target => UniformPartner.Nearest(target.Name, measured[target.Name] * (1 + Margin), times)).ToList();
            if (!partners.Contains(null)) return [.. partners.Select(partner => partner!)];
            var open = own.Zip(partners).Where(pair => pair.Second is null).Select(pair => pair.First);
            var wider = shortlist.Concat(Around(open, 2 * neighbours)).DistinctBy(uniform => uniform.Width).ToList();
            if (wider.Count == shortlist.Count) return [.. await Task.WhenAll(own.Zip(partners, (target, partner) => OrSlowestAsync(target.Name, partner, times)))];
            shortlist = wider;
        }

        List<(double Width, ResolvedNetwork Network)> Around(IEnumerable<(string Name, byte[] Model)> targets, int neighbours) =>
            [.. targets.SelectMany(target => Shortlist(ranked, coarse, coarse[target.Name], neighbours)).DistinctBy(uniform => uniform.Width)];
    }

    private async Task<UniformPartner> OrSlowestAsync(string target, UniformPartner? partner, Dictionary<double, double> times)
    {
        if (partner is not null) return partner;
        var slowest = times.MaxBy(width => width.Value);
        await notices.WriteLineAsync(FormattableString.Invariant($"slim: no uniform network is as slow as that of '{target}'; it is compared with the slowest, {slowest.Key:0.00}x"));
        return new(target, slowest.Key);
    }

    private async Task<Dictionary<string, double>> TimeAsync(
        string stage, int rounds, IReadOnlyList<(string Name, byte[] Model)> models, ulong seed, CancellationToken cancellation)
    {
        var times = new InterleavedTimes(device, rounds, seed);
        var measured = await console.RunStageAsync(stage, times.Probes(models.Count), "probes", report =>
            times.MeasureAsync(models, (done, name) => report(done, name), cancellation));
        return models.Zip(measured).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    private static (string Name, byte[] Model) Model(double width, ResolvedNetwork network) => (UniformPartner.FolderOf(width), ProbeModel.ForNetwork(network));

    /// <summary>The uniform networks around the first that the scan found slow enough.</summary>
    private static IEnumerable<(double Width, ResolvedNetwork Network)> Shortlist(
        List<(double Width, ResolvedNetwork Network)> ranked, Dictionary<string, double> coarse, double milliseconds, int neighbours)
    {
        var first = ranked.FindIndex(uniform => coarse[UniformPartner.FolderOf(uniform.Width)] >= milliseconds);
        var start = Math.Clamp((first < 0 ? ranked.Count : first) - 1, 0, Math.Max(0, ranked.Count - 1));
        return ranked.Skip(start).Take(neighbours + 1);
    }

    /// <summary>Every third hundredth that gives another network.</summary>
    private static IEnumerable<(double Width, ResolvedNetwork Network)> Uniforms(NetworkDefinition definition) =>
        Enumerable.Range(0, (HighestPercent - LowestPercent) / PercentStep + 1)
            .Select(index => LowestPercent + index * PercentStep)
            .Select(percent => (Width: percent / 100.0, Configuration: definition.Uniform(percent / 100.0)))
            .DistinctBy(uniform => uniform.Configuration)
            .Select(uniform => (uniform.Width, definition.Resolve(uniform.Configuration)));
}
