using AutoSlim.Profiling;

namespace AutoSlim.Host.Stages;

/// <summary>The file that a supernet's weights began with: known by its content, wherever it lies.</summary>
/// <param name="File">Its name, without a folder.</param>
/// <param name="Hash">SHA-256.</param>
public sealed record InitialWeights(string File, string Hash)
{
    public static InitialWeights Of(string path) => new(Path.GetFileName(path), ContentHash.Of(System.IO.File.ReadAllBytes(path)));
}
