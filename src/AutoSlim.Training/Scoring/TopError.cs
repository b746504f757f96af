using System.Numerics.Tensors;

namespace AutoSlim.Training.Scoring;

/// <summary>Top-1 error.</summary>
internal static class TopError
{
    /// <summary>Share of the images whose largest logit is not that of their label, 0 to 1.</summary>
    /// <param name="logits">N x classes.</param>
    /// <param name="labels">N, each below <paramref name="classes"/>.</param>
    /// <param name="classes">At least 1.</param>
    public static double Of(float[] logits, long[] labels, int classes) =>
        labels.Where((label, image) => TensorPrimitives.IndexOfMax(logits.AsSpan(image * classes, classes)) != label).Count() / (double)labels.Length;
}
