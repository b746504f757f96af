using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>What a device answers to a <see cref="MemoryRequest"/>: the memory, or the reason why there is none to trust.</summary>
/// <param name="Status">Never <see cref="ProbeStatus.Thermal"/>: heat takes no memory.</param>
/// <param name="PeakBytes">By how much the process grew, at its highest, while the model ran: its image, activations and workspace, not its weights. 0 on failure.</param>
/// <param name="LoadedBytes">Of the whole process with the model loaded, before that: weights, runtime and the agent's own. 0 on failure.</param>
/// <param name="Reason">Null when and only when the status is <see cref="ProbeStatus.Ok"/>.</param>
[MessagePackObject]
public sealed record MemoryResult(
    [property: Key(0)] ProbeStatus Status,
    [property: Key(1)] long PeakBytes,
    [property: Key(2)] long LoadedBytes,
    [property: Key(3)] string? Reason)
{
    /// <summary>More than any device has.</summary>
    private const long MaximumBytes = 1L << 46;

    public static MemoryResult Failed(string reason) => new(ProbeStatus.Failed, 0, 0, Profiling.Reason.Cut(reason));

    /// <summary>What is wrong with a result that came over the wire, or null.</summary>
    public string? Problem()
    {
        if (!Enum.IsDefined(Status)) return $"status {(int)Status} is unknown";
        if (Status != ProbeStatus.Ok) return Profiling.Reason.Problem(Status, Reason);
        if (Reason is not null) return "a memory and a reason at once";
        if (PeakBytes is < 1 or > MaximumBytes) return $"the peak is {PeakBytes} bytes, expected 1 to {MaximumBytes}";
        return LoadedBytes is < 1 or > MaximumBytes ? $"{LoadedBytes} bytes are loaded, expected 1 to {MaximumBytes}" : null;
    }
}
