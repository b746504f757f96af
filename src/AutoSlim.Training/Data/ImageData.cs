namespace AutoSlim.Training.Data;

/// <summary>A data set: what networks are trained (and slimmed) on, and what only the final report may look at.</summary>
public sealed record ImageData(ImageSet Training, ImageSet Test);
