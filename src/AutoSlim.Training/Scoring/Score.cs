namespace AutoSlim.Training.Scoring;

/// <summary>How well a network does on a set of images.</summary>
/// <param name="Loss">Mean cross-entropy on the labels, nats.</param>
/// <param name="Accuracy">Top-1, 0 to 1.</param>
public sealed record Score(double Loss, double Accuracy);
