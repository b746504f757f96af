using AutoSlim.Host.Terminal;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Stages;

/// <summary>The progress of several trainings as one: images of all, and how the one that reported last is getting on.</summary>
/// <param name="imagesDone">Of each training, in an earlier sitting.</param>
/// <param name="report">Gets the images of all.</param>
public sealed class JointProgress(IReadOnlyList<long> imagesDone, StageReport report)
{
    private readonly long[] images = [.. imagesDone];
    private readonly Lock showing = new();

    public void Show(int training, TrainingProgress step)
    {
        lock (showing)
        {
            images[training] = step.Images;
            var which = images.Length == 1 ? "" : $"network {training + 1}/{images.Length} ";
            report(images.Sum(), $"{which}epoch {step.Epoch}/{step.Epochs} loss {step.Loss:0.000}");
        }
    }
}
