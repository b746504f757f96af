using AutoSlim.Host.Terminal;
using AutoSlim.Training.Optimisation;

namespace AutoSlim.Host.Stages;

/// <summary>The progress of several trainings as one: images of all, and how the one that reported last is getting on.</summary>
public sealed class JointProgress(int trainings, StageReport report)
{
    private readonly long[] images = new long[trainings];
    private readonly Lock showing = new();

    public void Show(int training, TrainingProgress step)
    {
        lock (showing)
        {
            images[training] = step.Images;
            var which = trainings == 1 ? "" : $"network {training + 1}/{trainings} ";
            report(images.Sum(), $"{which}epoch {step.Epoch}/{step.Epochs} loss {step.Loss:0.000}");
        }
    }
}
