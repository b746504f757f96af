using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>What is left to measure before a network can be priced on a device, and about how long that takes.</summary>
/// <param name="Alignment">Entries that find the device's alignment; while they are missing, the rest is that of a device that takes any width.</param>
/// <param name="Operators">Operators inside their context.</param>
/// <param name="Contexts">Contexts alone.</param>
/// <param name="Networks">Whole networks, each measured in several sittings.</param>
/// <param name="ProbeMultiplyAdds">Of one run of all operators.</param>
/// <param name="NetworkMultiplyAdds">Of one run of all networks.</param>
internal sealed record ProfilingOutlook(int Alignment, int Operators, int Contexts, int Networks, long ProbeMultiplyAdds, long NetworkMultiplyAdds)
{
    /// <summary>Sending a model and loading it, seconds.</summary>
    private const double Loading = 0.02;

    /// <summary>A device of which nothing is known.</summary>
    private static readonly DeviceDescription Unknown = new("unknown", "unknown", "unknown", "unknown", "unknown", "unknown", "CPU", 1, "all");

    /// <summary>Whole networks whose memory is not known; no part of the probes and of their time.</summary>
    public required int Memories { get; init; }

    public int Probes => (Alignment + Operators + Contexts) * ProbeRounds.Count + Networks * ProfileStage.CalibrationRounds;

    /// <summary>On a device without a table.</summary>
    public static ProfilingOutlook Of(NetworkDefinition definition) => Of(definition, new(Unknown));

    public static ProfilingOutlook Of(NetworkDefinition definition, CostTable table)
    {
        var alignment = table.Missing(DeviceAlignment.Probes);
        var plan = ProfilingPlan.For(definition, table.Alignment);
        var missing = table.Missing(plan) is { Count: > 0 } lattice ? lattice : table.Missing(Refinement.Next(table, plan));
        var operators = missing.Select(entry => ProbeEntry.OperatorNamed(entry.Name)).OfType<LayerSignature>().ToList();
        var networks = Anchors.For(definition, table.Alignment).Where(network => table.Find(ProbeEntry.Network(network)) is null).ToList();
        return new(alignment.Count, operators.Count, missing.Count - operators.Count, networks.Count, operators.Sum(signature => signature.MultiplyAdds), networks.Sum(MultiplyAdds.Count))
        {
            Memories = MemoryStage.Missing(table, definition).Count,
        };
    }

    /// <summary>What the plans ask for at least: a busy or unsteady device takes longer.</summary>
    /// <param name="multiplyAddsPerSecond">That the device does.</param>
    public TimeSpan Duration(double multiplyAddsPerSecond)
    {
        var round = (Alignment + Operators + Contexts) * Seconds(ProbeRounds.Plan) + ProbeRounds.Plan.MinimumSamples * ProbeMultiplyAdds / multiplyAddsPerSecond;
        var sitting = Networks * Seconds(MeasurementPlan.Sitting) + MeasurementPlan.Sitting.MinimumSamples * NetworkMultiplyAdds / multiplyAddsPerSecond;
        return TimeSpan.FromSeconds(round * ProbeRounds.Count + sitting * ProfileStage.CalibrationRounds);
    }

    /// <summary>Of a model that takes no time itself.</summary>
    private static double Seconds(MeasurementPlan plan) => Loading + (plan.WarmUpMilliseconds + plan.MinimumSamples * plan.SampleMilliseconds) / 1000;
}
