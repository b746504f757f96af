namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>What becomes of a message.</summary>
internal enum ChaosFate
{
    Pass,
    Drop,
    Delay,
    Repeat,

    /// <summary>The connection ends in the middle of it.</summary>
    Cut,
}
