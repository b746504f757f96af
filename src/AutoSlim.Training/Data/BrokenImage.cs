namespace AutoSlim.Training.Data;

/// <summary>An image file that cannot be shown.</summary>
/// <param name="Path">Of the file.</param>
/// <param name="Reason">What it is instead of an image; follows the path in a sentence.</param>
internal sealed record BrokenImage(string Path, string Reason);
