namespace AutoSlim.Benchmarks.Train;

/// <summary>What one side took for one round.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all its threads.</param>
internal sealed record RoundTime(double Seconds, double ProcessorSeconds);
