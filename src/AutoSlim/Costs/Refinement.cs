using AutoSlim.Networks;

namespace AutoSlim.Costs;

/// <summary>
/// Where a measured lattice is too coarse to interpolate on. Every family of operators that differ in width alone has the middle of its
/// widest cell measured; where that is off, the middles of all its cells; and a cell whose middle is off falls into quarters, twice at most.
/// </summary>
public static class Refinement
{
    /// <summary>Of the measured price: what bilinear interpolation may be off in the middle of a cell.</summary>
    public const double MaximumError = 0.03;

    /// <summary>What to measure next, of all families; empty when nothing is too coarse. What has been measured is never asked for again.</summary>
    /// <param name="table">Holds the plan's measurements.</param>
    /// <param name="plan">The lattice, see <see cref="ProfilingPlan"/>.</param>
    public static IReadOnlyList<LayerSignature> Next(CostTable table, IEnumerable<LayerSignature> plan) =>
        [.. plan.GroupBy(signature => signature.WithChannels(0, 0)).SelectMany(family => new FamilyRefinement(table).Next([.. family])).Distinct()];
}
