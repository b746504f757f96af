namespace AutoSlim.Costs.Import;

/// <summary>The unit of a foreign table's times.</summary>
public enum TimeUnit
{
    Seconds,
    Milliseconds,
    Microseconds,
}
