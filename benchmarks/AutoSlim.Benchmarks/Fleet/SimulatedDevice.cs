using AutoSlim.Profiling;

namespace AutoSlim.Benchmarks.Fleet;

/// <summary>What the simulator's agents say that they are; one that said otherwise would be asked nothing.</summary>
internal static class SimulatedDevice
{
    public static readonly DeviceDescription Description = new("simulated", "simulated", "x64", "simulated", "1", "simulated", "CPU", 1, "all");
}
