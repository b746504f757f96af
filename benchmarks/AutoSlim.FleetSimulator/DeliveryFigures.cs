namespace AutoSlim.FleetSimulator;

/// <summary>What the agents delivered in some time.</summary>
/// <param name="Agents">Whose answers the host has.</param>
/// <param name="Receipts">Of all kinds.</param>
/// <param name="Stale">Of them.</param>
/// <param name="Refused">Of them.</param>
/// <param name="Milliseconds">From answers to their receipts, ascending.</param>
internal sealed record DeliveryFigures(IReadOnlyList<string> Agents, int Receipts, int Stale, int Refused, IReadOnlyList<double> Milliseconds);
