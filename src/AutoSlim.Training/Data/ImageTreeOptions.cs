namespace AutoSlim.Training.Data;

/// <summary>How a tree of image files is shown.</summary>
public sealed record ImageTreeOptions
{
    /// <summary>Pixels on each side of an image as it is shown.</summary>
    public int Resolution { get; init; } = 224;

    /// <summary>Files that may turn out broken, 0 or more; null for one in a hundred, at least 10.</summary>
    public int? MaximumBroken { get; init; }

    /// <summary>Takes one line for everything that is left out.</summary>
    public required TextWriter Notices { get; init; }
}
