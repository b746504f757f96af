using AutoSlim.Host.Devices;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Onnx;
using AutoSlim.Slimming;

namespace AutoSlim.Host.Stages;

/// <summary>Closes the loop between search and device: measures the networks that the search chose, see <see cref="BudgetCorrection"/>.</summary>
internal sealed class SettleStage(StageConsole console, NetworkDefinition definition, ConnectedDevice device, DeviceCosts costs)
{
    private const int Rounds = 7;

    /// <summary>
    /// Milliseconds of each network, by its name, in the time of the table, which the sentinels tell: a moment in which the
    /// whole device is slower says nothing about the prices.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, double>> MeasureAsync(
        IReadOnlyDictionary<string, ChannelConfiguration> networks, ulong seed, CancellationToken cancellation)
    {
        var times = new InterleavedTimes(device, Rounds, seed);
        var sentinels = new Sentinels(definition, costs.Table);
        var models = networks.Select(pair => (pair.Key, ProbeModel.ForNetwork(definition.Resolve(pair.Value)))).Concat(sentinels.Models).ToList();
        var measured = await console.RunStageAsync("measure choices", times.Probes(models.Count), "probes", report =>
            times.MeasureAsync(models, (done, name) => report(done, name), cancellation));
        var slowness = sentinels.Slowness(measured.Skip(networks.Count));
        return networks.Keys.Zip(measured).ToDictionary(pair => pair.First, pair => pair.Second / slowness);
    }
}
