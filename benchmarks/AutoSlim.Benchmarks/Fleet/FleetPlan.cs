namespace AutoSlim.Benchmarks.Fleet;

/// <summary>How much is tried.</summary>
/// <param name="Agents">Of the load trial.</param>
/// <param name="Seconds">That the load is measured.</param>
/// <param name="Kills">Of hosts and agents.</param>
/// <param name="Frames">Malformed or hostile.</param>
/// <param name="Seed">Of all that is random.</param>
internal sealed record FleetPlan(int Agents, int Seconds, int Kills, int Frames, int Seed);
