using AutoSlim.Networks;

namespace AutoSlim.Training.Scoring;

/// <summary>How many images are scored at once, and how much of what they give is kept between steps.</summary>
internal static class ScoringMemory
{
    /// <summary>For the kept activations of all batches.</summary>
    public const long DefaultLimitBytes = 6L << 30;

    private const int LargestBatch = 250;
    private const int SmallestBatch = 32;
    private const long BatchBytes = 1L << 30;

    /// <summary>Of the widest network's layer outputs.</summary>
    public static long BytesPerImage(NetworkDefinition definition) =>
        definition.Resolve(definition.Widest).Layers.Sum(layer => layer.Output.Elements * sizeof(float));

    /// <summary>
    /// Large enough for batch statistics, small enough that a batch's activations take a gigabyte; of the network and the images
    /// alone, not of the machine. The images fill all batches alike: the statistics of a small last one would be poor.
    /// </summary>
    /// <param name="images">At least 1.</param>
    public static int BatchSize(NetworkDefinition definition, int images)
    {
        var largest = (int)Math.Clamp(BatchBytes / BytesPerImage(definition), SmallestBatch, LargestBatch);
        var batches = (images + largest - 1) / largest;
        return (images + batches - 1) / batches;
    }
}
