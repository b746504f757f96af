using AutoSlim.Benchmarks.Fleet.Chaos;
using AutoSlim.Benchmarks.Fleet.Fuzz;
using AutoSlim.Benchmarks.Fleet.Load;

namespace AutoSlim.Benchmarks.Fleet;

/// <summary>The JSON object; null where a trial was left out.</summary>
/// <param name="Load">Many agents.</param>
/// <param name="Chaos">Kills and faults.</param>
/// <param name="Fuzz">Hostile messages.</param>
internal sealed record FleetFigures(LoadFigures? Load, ChaosFigures? Chaos, FuzzFigures? Fuzz)
{
    public int? Agents => Load?.Agents;

    public double? P99Milliseconds => Load?.P99Milliseconds;

    public double? ResidentMegabytes => Load?.ResidentMegabytes;

    public int? Kills => Chaos?.Kills;

    public int? Lost => Chaos?.Lost;

    public int? Duplicated => Chaos?.Duplicated;

    public int? Frames => Fuzz?.Frames;

    /// <summary>Ends of hosts and agents that nobody had ordered, in all trials.</summary>
    public int Crashes => (Chaos?.HostCrashes ?? 0) + (Chaos?.AgentCrashes ?? 0) + (Fuzz?.Crashes ?? 0);

    /// <summary>Null where an agent did not deliver again.</summary>
    public double? RecoverySeconds => Load?.RecoverySeconds;
}
