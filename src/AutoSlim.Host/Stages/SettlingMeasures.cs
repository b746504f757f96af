using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;
using AutoSlim.Onnx;

namespace AutoSlim.Host.Stages;

/// <summary>Measures what a search chose in every cost of one device that the targets limit.</summary>
internal sealed class SettlingMeasures(StageConsole console, NetworkDefinition definition, DeviceCosts costs, MissedNetworks missed, ulong seed)
{
    /// <summary>By cost, then by target.</summary>
    /// <param name="device">Connected now.</param>
    /// <param name="chosen">By target.</param>
    /// <param name="asked">Names of costs of this device.</param>
    /// <param name="cancellation">Looked at between probes.</param>
    /// <exception cref="Commands.CommandFailedException">The device could not measure one, or a slimmed network is slower than what it was slimmed from.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>> MeasureAsync(
        ConnectedDevice device, IReadOnlyDictionary<string, ChannelConfiguration> chosen, IReadOnlyCollection<string> asked, CancellationToken cancellation)
    {
        var measured = new Dictionary<string, IReadOnlyDictionary<string, double>>();
        if (costs.Latency is DeviceLatency latency && asked.Contains(latency.Name))
            measured[latency.Name] = await MillisecondsAsync(device, chosen, cancellation);
        if (costs.Memory is DeviceMemory memory && asked.Contains(memory.Name))
            measured[memory.Name] = await new MemoryStage(console, definition, device).MeasureAsync(Models(chosen), cancellation);
        return measured;
    }

    private async Task<IReadOnlyDictionary<string, double>> MillisecondsAsync(ConnectedDevice device, IReadOnlyDictionary<string, ChannelConfiguration> chosen, CancellationToken cancellation)
    {
        var times = await new SettleStage(console, definition, device, costs).SlimmedTimesAsync(chosen, seed, cancellation);
        await missed.RecordAsync(definition, costs, chosen, times);
        return times.ToDictionary(pair => pair.Key, pair => pair.Value.MedianMicroseconds / 1000);
    }

    private Dictionary<string, byte[]> Models(IReadOnlyDictionary<string, ChannelConfiguration> chosen) =>
        chosen.ToDictionary(pair => pair.Key, pair => ProbeModel.ForNetwork(definition.Resolve(pair.Value)));
}
