namespace AutoSlim.Host.Fleet;

/// <summary>A question and its answer, as they are stored.</summary>
internal sealed class AnsweredProbe
{
    public string Entry { get; init; } = "";

    public long Kind { get; init; }

    /// <summary>A <see cref="Profiling.ProbeResult"/> or a <see cref="Profiling.MemoryResult"/>, as it came over the wire.</summary>
    public byte[] Result { get; init; } = [];

    /// <summary>Since 1970, UTC.</summary>
    public long AnsweredMilliseconds { get; init; }
}
