using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>The host's answer to an <see cref="AgentHello"/>.</summary>
/// <param name="Refusal">Why the agent may not stay; null when it may.</param>
[MessagePackObject]
public sealed record Welcome(
    [property: Key(0)] int ProtocolVersion,
    [property: Key(1)] string? Refusal);
