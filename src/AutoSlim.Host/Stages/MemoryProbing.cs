using AutoSlim.Costs;
using AutoSlim.Host.Commands;
using AutoSlim.Host.Devices;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>Measures a network's memory in several processes, for the kernel's own count is up to 0.2 MB off in each.</summary>
internal static class MemoryProbing
{
    public const int Processes = 3;
    private const int Runs = 5;

    /// <param name="device">Who measures.</param>
    /// <param name="model">The ONNX file's bytes.</param>
    /// <param name="name">What the model stands for.</param>
    /// <param name="cancellation">Looked at between processes.</param>
    /// <exception cref="CommandFailedException">The device could not measure it; with the reason.</exception>
    public static async Task<NetworkMemory> NetworkMemoryAsync(this ConnectedDevice device, byte[] model, string name, CancellationToken cancellation)
    {
        var results = new List<MemoryResult>();
        for (var process = 0; process < Processes; process++)
        {
            var result = await device.MeasureMemoryAsync(model, name, Runs, cancellation);
            if (result.Status != ProbeStatus.Ok) throw new CommandFailedException($"device '{device.Name}' could not measure the memory of '{name}': {result.Reason}");
            results.Add(result);
        }

        return NetworkMemory.Of(results, Runs);
    }
}
