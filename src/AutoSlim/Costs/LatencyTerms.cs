using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>What a network's latency is predicted from.</summary>
/// <param name="OperatorMilliseconds">The sum of its operators, from the cost table; above 0.</param>
/// <param name="WeightMegabytes">32-bit weights; a megabyte is 1e6 bytes.</param>
/// <param name="MillionMultiplyAdds">For one image.</param>
/// <param name="ActivationMegabytes">32-bit values that all layers write for one image.</param>
public sealed record LatencyTerms(double OperatorMilliseconds, double WeightMegabytes, double MillionMultiplyAdds, double ActivationMegabytes)
{
    private const double Million = 1e6;

    /// <exception cref="MissingCostException">An operator cannot be priced.</exception>
    public static LatencyTerms Of(ResolvedNetwork network, CostTable table) =>
        new(table.SumMilliseconds(network), Megabytes(Parameters.Count(network)), MultiplyAdds.Count(network) / Million, Megabytes(network.Signatures.Sum(layer => layer.Output.Elements)));

    private static double Megabytes(long values) => values * sizeof(float) / Million;
}
