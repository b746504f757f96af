namespace AutoSlim.Benchmarks.Fleet.Load;

/// <summary>What the load trial found.</summary>
/// <param name="Agents">That were enrolled.</param>
/// <param name="Connected">At the end of the measured time.</param>
/// <param name="Beating">Those whose last heartbeat was no older than 25 s then.</param>
/// <param name="ArrivalSeconds">From the start of the agents until all had exchanged their tokens and greeted.</param>
/// <param name="ReceiptsPerSecond">Of all agents.</param>
/// <param name="MedianMilliseconds">From an answer to its receipt.</param>
/// <param name="P99Milliseconds">The same.</param>
/// <param name="LongestMilliseconds">The same.</param>
/// <param name="ResidentMegabytes">The host's highest.</param>
/// <param name="RecoverySeconds">From the host's kill until every agent had delivered again; null where one did not.</param>
/// <param name="ListeningSeconds">From the host's kill until its next life listened.</param>
internal sealed record LoadFigures(
    int Agents, int Connected, int Beating, double ArrivalSeconds, double ReceiptsPerSecond, double MedianMilliseconds, double P99Milliseconds, double LongestMilliseconds,
    double ResidentMegabytes, double? RecoverySeconds, double ListeningSeconds);
