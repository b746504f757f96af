namespace AutoSlim.Training.Data;

/// <summary>A data set of any kind: what networks are trained (and slimmed) on, and what only the final report may look at.</summary>
public sealed record ImageSources(ImageSource Training, ImageSource Test);
