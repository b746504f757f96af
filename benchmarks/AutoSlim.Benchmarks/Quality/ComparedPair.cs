namespace AutoSlim.Benchmarks.Quality;

/// <summary>Two networks of equal cost.</summary>
/// <param name="Budget">Such as <c>middle macs</c>.</param>
/// <param name="Autoslim">What the search found.</param>
/// <param name="Uniform">Whose cost was its budget.</param>
/// <param name="AutoslimCost">In the budget's unit.</param>
/// <param name="UniformCost">In the budget's unit, measured in turns where it is a latency.</param>
internal sealed record ComparedPair(string Budget, PlannedNetwork Autoslim, PlannedNetwork Uniform, double AutoslimCost, double UniformCost)
{
    public static ComparedPair OfMultiplyAdds(string budget, PlannedNetwork autoslim, PlannedNetwork uniform) => new(budget, autoslim, uniform, autoslim.MultiplyAdds, uniform.MultiplyAdds);

    public static ComparedPair OfLatency(string budget, PlannedNetwork autoslim, PlannedNetwork uniform) =>
        new(budget, autoslim, uniform, autoslim.Milliseconds, autoslim.UniformMilliseconds ?? uniform.Milliseconds);
}
