using AutoSlim.Costs;
using AutoSlim.Host.Devices;
using AutoSlim.Host.Terminal;
using AutoSlim.Networks;

namespace AutoSlim.Host.Stages;

/// <summary>Has a device measure the memory of networks: of a few that its table lacks, to predict all others by, and of those that a search chose.</summary>
internal sealed class MemoryStage(StageConsole console, NetworkDefinition definition, ConnectedDevice device)
{
    /// <summary>The same costs with the memory; what was measured is saved as it comes.</summary>
    /// <param name="costs">What is known of the device.</param>
    /// <param name="profilesFolder">Of the cost tables.</param>
    /// <param name="cancellation">Looked at between processes.</param>
    /// <exception cref="Commands.CommandFailedException">The device could not measure one; names it and the reason.</exception>
    public async Task<DeviceCosts> RunAsync(DeviceCosts costs, string profilesFolder, CancellationToken cancellation)
    {
        var (table, path) = (costs.Table, CostTableFile.PathFor(profilesFolder, device.Name, device.Description));
        if (Missing(table, definition) is { Count: > 0 } missing)
            await MeasureAsync($"memory {device.Name}", [.. missing.Select(entry => (entry.Name, entry.Model()))], (name, memory) =>
            {
                table.RecordMemory(name, memory);
                CostTableFile.Save(path, table);
            }, cancellation);
        return Known(costs, definition);
    }

    /// <summary>Bytes by which each network makes the device grow, by its name.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public async Task<IReadOnlyDictionary<string, double>> MeasureAsync(IReadOnlyDictionary<string, byte[]> models, CancellationToken cancellation)
    {
        var peaks = new Dictionary<string, double>();
        await MeasureAsync("measure memory", [.. models.Select(pair => (pair.Key, pair.Value))], (name, memory) => peaks[name] = memory.PeakBytes, cancellation);
        return peaks;
    }

    /// <summary>What a table lacks of all that the memory is predicted by.</summary>
    public static IReadOnlyList<ProbeEntry> Missing(CostTable table, NetworkDefinition definition) =>
        [.. Anchors.ForMemory(definition, table.Alignment).Select(ProbeEntry.Network).Where(entry => !table.Memories.ContainsKey(entry.Name))];

    /// <summary>The same costs with the memory, from their table alone, which holds all of it.</summary>
    public static DeviceCosts Known(DeviceCosts costs, NetworkDefinition definition)
    {
        var table = costs.Table;
        var anchors = Anchors.ForMemory(definition, table.Alignment)
            .Select(network => DeviceMemory.Anchor(network, table.Alignment, table.Memories[ProbeEntry.Network(network).Name].PeakBytes));
        return costs with { Memory = new(costs.Device, table.Alignment, MemoryCalibration.Fit([.. anchors])) };
    }

    private Task MeasureAsync(string stage, IReadOnlyList<(string Name, byte[] Model)> models, Action<string, NetworkMemory> found, CancellationToken cancellation) =>
        console.RunStageAsync(stage, models.Count, "networks", async report =>
        {
            foreach (var (index, (name, model)) in models.Index())
            {
                found(name, await device.NetworkMemoryAsync(model, name, cancellation));
                report(index + 1, name);
            }
        });
}
