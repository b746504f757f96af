using AutoSlim.Profiling;

namespace AutoSlim.Tests.Profiling;

/// <summary>One valid example of every message.</summary>
internal static class Messages
{
    public static readonly string Hash = new('a', 64);

    public static readonly DeviceDescription Device = new("Cortex-A72", "Linux 6.1", "arm64", "onnxruntime", "1.31.1", "0123456789abcdef", "CPU", 1, "all");

    public static readonly AgentHello Hello = new("pi-4", 3, Device, 3, [new(Hash, 2)]);

    public static readonly Welcome Welcome = new(1, null);

    public static readonly ProbeRequest Probe = new("conv", Hash, new());

    public static readonly ProbeResult Samples = new(ProbeStatus.Ok, [.. Enumerable.Repeat(1.5, 9)], 2, null, new(41.5, 1800, null));

    public static readonly ProbeLease Lease = new(Hash, 2);

    public static readonly ProbeReport Report = new(Lease, Samples, null);

    public static readonly Heartbeat Heartbeat = new([Lease], new(41.5, 1800, null));

    public static readonly MemoryRequest Memory = new("net", Hash, 5, 1000);

    public static readonly MemoryResult Peak = new(ProbeStatus.Ok, 6_500_000, 70_000_000, null);

    public static readonly EvaluationRequest Evaluation = new(Hash, Hash, ImageElement.EightBit, 2, 3, 4, 5, 1000);

    public static readonly EvaluationResult Logits = new(2, [0.5f, -1, 0, 2], null);
}
