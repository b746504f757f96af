namespace AutoSlim.Benchmarks.Quality;

/// <summary>A network to train, and what it costs.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="MultiplyAdds">For one image.</param>
/// <param name="Milliseconds">For one image, as measured.</param>
/// <param name="UniformMilliseconds">Of the uniform network that it matches, measured in turns with it; null where it matches none.</param>
internal sealed record PlannedNetwork(string Name, double MultiplyAdds, double Milliseconds, double? UniformMilliseconds = null);
