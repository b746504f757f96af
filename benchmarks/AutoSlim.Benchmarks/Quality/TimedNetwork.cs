using AutoSlim.Networks;

namespace AutoSlim.Benchmarks.Quality;

/// <summary>Channels, and how long they took.</summary>
/// <param name="Configuration">Its channels.</param>
/// <param name="Milliseconds">For one image.</param>
/// <param name="UniformMilliseconds">Of the uniform network that it is to match, measured in turns with it; null where it matches none.</param>
internal sealed record TimedNetwork(ChannelConfiguration Configuration, double Milliseconds, double? UniformMilliseconds = null)
{
    /// <summary>Of its latency to the uniform network's; 1 where it matches none.</summary>
    public double Ratio => Milliseconds / (UniformMilliseconds ?? Milliseconds);
}
