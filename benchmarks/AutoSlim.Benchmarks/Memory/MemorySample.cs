using TorchSharp;

namespace AutoSlim.Benchmarks.Memory;

/// <summary>What is in use at one moment.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="LiveTensors">That TorchSharp holds.</param>
/// <param name="ResidentMegabytes">Of this process.</param>
internal sealed record MemorySample(int Step, long LiveTensors, long ResidentMegabytes)
{
    public static MemorySample Take(int step) => new(step, torch.Tensor.TotalCount, Environment.WorkingSet >> 20);
}
