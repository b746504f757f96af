namespace AutoSlim.Host.Fleet;

/// <summary>What is asked of a device; the numbers are stored.</summary>
internal enum ProbeKind
{
    Latency = 1,
    Memory = 2,
}
