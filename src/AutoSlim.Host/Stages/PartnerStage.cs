using System.Globalization;
using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Host.Stages;

/// <summary>Finds, for each slimmed network, the uniform network whose measured latency on the same device is nearest at or above it.</summary>
internal sealed class PartnerStage(StageConsole console, ConnectedDevice device)
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
        var ranked = uniforms.OrderBy(uniform => coarse[FolderOf(uniform.Width)]).ToList();
        var shortlists = slimmed.Keys.ToDictionary(target => target, target => Shortlist(ranked, coarse, coarse[target]));
        var models = shortlists.Values.SelectMany(list => list).DistinctBy(uniform => uniform.Width).Select(uniform => Model(uniform.Width, uniform.Network)).Concat(own);
        var measured = await TimeAsync("match uniform widths", MatchRounds, [.. models], seed, cancellation);
        var partners = slimmed.Keys.Select(target => Partner(target, measured[target], [.. shortlists[target].Select(uniform => uniform.Width)], measured)).ToList();
        foreach (var partner in partners) ChannelFile.Of(definition, definition.Uniform(partner.Width)).Write(run.Network(partner.Folder).ChannelsPath);
        return partners;
    }

    private async Task<Dictionary<string, double>> TimeAsync(
        string stage, int rounds, IReadOnlyList<(string Name, byte[] Model)> models, ulong seed, CancellationToken cancellation)
    {
        var times = new InterleavedTimes(device, rounds, seed);
        var measured = await console.RunStageAsync(stage, times.Probes(models.Count), "probes", report =>
            times.MeasureAsync(models, (done, name) => report(done, name), cancellation));
        return models.Zip(measured).ToDictionary(pair => pair.First.Name, pair => pair.Second);
    }

    private static (string Name, byte[] Model) Model(double width, ResolvedNetwork network) => (FolderOf(width), ProbeModel.ForNetwork(network));

    /// <summary>The uniform networks around the first that the scan found slow enough.</summary>
    private static IReadOnlyList<(double Width, ResolvedNetwork Network)> Shortlist(
        List<(double Width, ResolvedNetwork Network)> ranked, Dictionary<string, double> coarse, double milliseconds)
    {
        var first = ranked.FindIndex(uniform => coarse[FolderOf(uniform.Width)] >= milliseconds);
        var start = Math.Clamp((first < 0 ? ranked.Count : first) - 1, 0, Math.Max(0, ranked.Count - 1));
        return [.. ranked.Skip(start).Take(Neighbours + 1)];
    }

    /// <summary>At or above if there is one, else the slowest that was timed.</summary>
    private static UniformPartner Partner(string target, double milliseconds, IReadOnlyList<double> widths, Dictionary<string, double> measured)
    {
        var byTime = widths.OrderBy(width => measured[FolderOf(width)]).ToList();
        var width = byTime.Where(width => measured[FolderOf(width)] >= milliseconds * (1 + Margin)).Append(byTime[^1]).First();
        return new(target, width, FolderOf(width));
    }

    /// <summary>Every third hundredth that gives another network.</summary>
    private static IEnumerable<(double Width, ResolvedNetwork Network)> Uniforms(NetworkDefinition definition) =>
        Enumerable.Range(0, (HighestPercent - LowestPercent) / PercentStep + 1)
            .Select(index => LowestPercent + index * PercentStep)
            .Select(percent => (Width: percent / 100.0, Configuration: definition.Uniform(percent / 100.0)))
            .DistinctBy(uniform => uniform.Configuration)
            .Select(uniform => (uniform.Width, definition.Resolve(uniform.Configuration)));

    private static string FolderOf(double width) => string.Create(CultureInfo.InvariantCulture, $"uniform-{width:0.00}");
}
