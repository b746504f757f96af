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
    private const int Rounds = 3;
    private const int FasterNeighbours = 2;
    private const int SlowerNeighbours = 4;
    private const int LowestPercent = 15;
    private const int HighestPercent = 150;

    /// <summary>Writes a channels.json for each partner.</summary>
    public async Task<IReadOnlyList<UniformPartner>> RunAsync(
        RunFolder run, NetworkDefinition definition, IReadOnlyDictionary<string, ChannelConfiguration> slimmed, DeviceLatency latency, ulong seed, CancellationToken cancellation)
    {
        var uniforms = Uniforms(definition).Select(uniform => (uniform.Width, Network: uniform.Network, Predicted: latency.Price(uniform.Network))).ToList();
        var shortlists = slimmed.ToDictionary(pair => pair.Key, pair => Neighbours(latency.Price(definition.Resolve(pair.Value)), uniforms));
        var wanted = shortlists.Values.SelectMany(widths => widths).Distinct().Order().ToList();
        List<(string Name, byte[] Model)> models =
        [
            .. slimmed.Select(pair => (pair.Key, ProbeModel.ForNetwork(definition.Resolve(pair.Value)))),
            .. wanted.Select(width => (FolderOf(width), ProbeModel.ForNetwork(definition.Resolve(definition.Uniform(width))))),
        ];
        var times = new InterleavedTimes(device, Rounds, seed);
        var measured = await console.RunStageAsync("match uniform widths", times.Probes(models.Count), "probes", report =>
            times.MeasureAsync(models, (done, name) => report(done, name), cancellation));
        var byName = models.Zip(measured).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        var partners = slimmed.Keys.Select(target => Partner(target, byName[target], shortlists[target], byName)).ToList();
        foreach (var partner in partners) ChannelFile.Of(definition, definition.Uniform(partner.Width)).Write(run.Network(partner.Folder).ChannelsPath);
        return partners;
    }

    /// <summary>At or above if there is one, else the slowest that was timed.</summary>
    private static UniformPartner Partner(string target, double milliseconds, IReadOnlyList<double> widths, Dictionary<string, double> measured)
    {
        var byTime = widths.OrderBy(width => measured[FolderOf(width)]).ToList();
        var width = byTime.Where(width => measured[FolderOf(width)] >= milliseconds).Append(byTime[^1]).First();
        return new(target, width, FolderOf(width));
    }

    private static IReadOnlyList<double> Neighbours(double predicted, IReadOnlyList<(double Width, ResolvedNetwork Network, double Predicted)> uniforms)
    {
        var faster = uniforms.Where(uniform => uniform.Predicted < predicted).OrderByDescending(uniform => uniform.Predicted).Take(FasterNeighbours);
        var slower = uniforms.Where(uniform => uniform.Predicted >= predicted).OrderBy(uniform => uniform.Predicted).Take(SlowerNeighbours);
        return [.. faster.Concat(slower).Select(uniform => uniform.Width)];
    }

    /// <summary>Every hundredth that gives another network.</summary>
    private static IEnumerable<(double Width, ResolvedNetwork Network)> Uniforms(NetworkDefinition definition) =>
        Enumerable.Range(LowestPercent, HighestPercent - LowestPercent + 1)
            .Select(percent => (Width: percent / 100.0, Configuration: definition.Uniform(percent / 100.0)))
            .DistinctBy(uniform => uniform.Configuration)
            .Select(uniform => (uniform.Width, definition.Resolve(uniform.Configuration)));

    private static string FolderOf(double width) => string.Create(CultureInfo.InvariantCulture, $"uniform-{width:0.00}");
}
