namespace AutoSlim.Benchmarks.Quality;

/// <summary>A network to train, and what it costs.</summary>
/// <param name="Name">Of its folder.</param>
/// <param name="MultiplyAdds">For one image.</param>
/// <param name="Milliseconds">For one image, as measured.</param>
internal sealed record PlannedNetwork(string Name, double MultiplyAdds, double Milliseconds);
