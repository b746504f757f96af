using AutoSlim.Costs;
using AutoSlim.Networks;
using AutoSlim.Slimming;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>
/// Looks for a network of a trace that takes as long as a uniform one. A prediction is a few percent off and a device changes its speed, so
/// that both are measured in turns, and what that tells says at which predicted latency to look next.
/// </summary>
internal sealed class LatencyMatch(NetworkDefinition definition, IReadOnlyList<SlimmingStep> trace, ICostModel cost, int alignment)
{
    /// <summary>Networks of latencies this far apart are equal: measuring noise.</summary>
    private const double Tolerance = 0.01;

    private static readonly double[] Around = [1.03, 1.015, 1, 0.985, 0.97];

    /// <summary>Steps further down, filled up to the same latency, have other channels.</summary>
    private static readonly int[] Deeper = [0, 2];

    /// <summary>To be measured beside the uniform network.</summary>
    public IReadOnlyList<ChannelConfiguration> Candidates { get; private set; } = [];

    /// <param name="milliseconds">As the table predicts them.</param>
    public void LookAround(double milliseconds) =>
        Candidates = [.. Around.Select(factor => milliseconds * factor).SelectMany(limit => Deeper.Select(steps => FilledUp(limit, steps))).Distinct()];

    /// <summary>Looks where the one that came nearest tells that the uniform network lies.</summary>
    /// <param name="tried">The candidates, measured.</param>
    public void LookAgain(IReadOnlyList<TimedNetwork> tried)
    {
        var nearest = tried.MinBy(Distance)!;
        LookAround(cost.Price(definition.Resolve(nearest.Configuration)) / nearest.Ratio);
    }

    /// <summary>The nearest of those that are not slower than the uniform network; the quickest when all are.</summary>
    /// <param name="tried">At least one.</param>
    public static TimedNetwork Nearest(IReadOnlyList<TimedNetwork> tried)
    {
        var fitting = tried.Where(network => network.Ratio <= 1 + Tolerance).ToList();
        return fitting.Count > 0 ? fitting.MinBy(Distance)! : tried.MinBy(network => network.Ratio)!;
    }

    public static bool IsMatched(TimedNetwork network) => Math.Abs(network.Ratio - 1) <= Tolerance;

    private static double Distance(TimedNetwork network) => Math.Abs(Math.Log(network.Ratio));

    private ChannelConfiguration FilledUp(double limit, int stepsFurther)
    {
        var first = trace.FirstOrDefault(step => step.Cost[cost.Name] <= limit) ?? trace[^1];
        return FillUp.Widen(definition, trace, trace[Math.Min(first.Step + stepsFurther, trace[^1].Step)], cost, limit, alignment);
    }
}
