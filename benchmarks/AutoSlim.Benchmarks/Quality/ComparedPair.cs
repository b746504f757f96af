namespace AutoSlim.Benchmarks.Quality;

/// <summary>Two networks of equal cost.</summary>
/// <param name="Budget">Such as <c>middle macs</c>.</param>
/// <param name="Autoslim">What the search found.</param>
/// <param name="Uniform">Whose cost was its budget.</param>
/// <param name="Cost">The one that is equal.</param>
internal sealed record ComparedPair(string Budget, PlannedNetwork Autoslim, PlannedNetwork Uniform, Func<PlannedNetwork, double> Cost);
