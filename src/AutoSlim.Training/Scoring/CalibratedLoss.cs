using MathNet.Numerics;

namespace AutoSlim.Training.Scoring;

/// <summary>
/// Cross-entropy at the temperature that suits the logits best (Guo et al. 2017). Cutting the channels that a shared classifier
/// sums over scales its logits down, and label smoothing holds them low; retraining would set that right within a few steps, so it
/// must not count against a candidate. Without it the search clings to the last layers' channels.
/// </summary>
internal static class CalibratedLoss
{
    private const double SmallestScale = 0.1;
    private const double LargestScale = 20;
    private const double ScaleTolerance = 1e-3;

    /// <summary>Mean over the images, nats; at most that of the plain logits.</summary>
    /// <param name="logits">N x classes.</param>
    /// <param name="labels">N, each below <paramref name="classes"/>.</param>
    /// <param name="classes">At least 1.</param>
    public static double Of(float[] logits, long[] labels, int classes)
    {
        var plain = Mean(logits, labels, classes, 1);
        if (!double.IsFinite(plain)) return plain;
        var scale = FindMinimum.OfScalarFunctionConstrained(candidate => Mean(logits, labels, classes, Within(candidate)), SmallestScale, LargestScale, ScaleTolerance);
        return Math.Min(Mean(logits, labels, classes, Within(scale)), plain);
    }

    /// <summary>The minimiser widens its range where the least loss lies at an end of it.</summary>
    private static double Within(double scale) => Math.Clamp(scale, SmallestScale, LargestScale);

    private static double Mean(float[] logits, long[] labels, int classes, double scale)
    {
        var sum = 0.0;
        for (var image = 0; image < labels.Length; image++)
            sum += CrossEntropy(logits.AsSpan(image * classes, classes), (int)labels[image], scale);
        return sum / labels.Length;
    }

    private static double CrossEntropy(ReadOnlySpan<float> logits, int label, double scale)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits) largest = Math.Max(largest, logit);
        var sum = 0.0;
        foreach (var logit in logits) sum += Math.Exp(scale * (logit - largest));
        return Math.Log(sum) - scale * (logits[label] - largest);
    }
}
