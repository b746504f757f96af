using AutoSlim.Training.Data;

namespace AutoSlim.Host.Stages;

/// <summary>Which training images a run began with: one more or one fewer, and the split would hold out others, that were trained on.</summary>
/// <param name="Count">All of the folder, before any are left out.</param>
/// <param name="Hash">See <see cref="ImageSource.Fingerprint"/>.</param>
public sealed record ImageIdentity(int Count, string Hash)
{
    public static ImageIdentity Of(ImageSource training) => new(training.Count, training.Fingerprint());
}
