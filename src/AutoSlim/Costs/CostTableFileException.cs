namespace AutoSlim.Costs;

/// <summary>A file that is no cost table of this release: which file, what is wrong, what to do. It is never repaired or overwritten silently.</summary>
public sealed class CostTableFileException(string path, string problem, Exception? cause = null) : Exception(
    $"cost table '{path}' cannot be used: {problem}; restore it, or move it away and profile the device again", cause)
{
    public string Path { get; } = path;
}
