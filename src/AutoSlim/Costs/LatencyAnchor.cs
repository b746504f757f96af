using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>A whole network that was measured, to calibrate predictions with.</summary>
/// <param name="SumMilliseconds">Of its operators, from the cost table; above 0.</param>
/// <param name="WeightBytes">32-bit weights.</param>
/// <param name="MeasuredMilliseconds">Of one run of the whole; above 0.</param>
public sealed record LatencyAnchor(double SumMilliseconds, long WeightBytes, double MeasuredMilliseconds)
{
    /// <exception cref="MissingCostException">An operator cannot be priced.</exception>
    public static LatencyAnchor Of(ResolvedNetwork network, CostTable table, double measuredMilliseconds) =>
        new(table.SumMilliseconds(network), WeightBytesOf(network), measuredMilliseconds);

    public static long WeightBytesOf(ResolvedNetwork network) => Parameters.Count(network) * sizeof(float);
}
