using System.Text.Json.Serialization;

namespace AutoSlim.Host.Report;

/// <summary>One target, the network that was slimmed to it, and the uniform network of the same latency.</summary>
/// <param name="Name">Name of the target and of its folder.</param>
/// <param name="BudgetMilliseconds">Latency asked for; null where the target limits none.</param>
/// <param name="PredictedMilliseconds">Latency that the cost table predicts, corrected by networks measured before this one.</param>
/// <param name="MeasuredMilliseconds">Latency of the exported network on the device.</param>
/// <param name="Accuracy">Top-1 on the test split, 0 to 1.</param>
/// <param name="UniformAccuracy">Top-1 of the uniform network on the test split, 0 to 1.</param>
/// <param name="UniformMeasuredMilliseconds">Latency of the uniform network on the device.</param>
/// <param name="MultiplyAdds">For one image.</param>
/// <param name="Onnx">Path of the exported network, relative to the summary.</param>
public sealed record TargetSummary(
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] double? BudgetMilliseconds,
    double PredictedMilliseconds,
    double MeasuredMilliseconds,
    double Accuracy,
    double UniformAccuracy,
    double UniformMeasuredMilliseconds,
    long MultiplyAdds,
    string Onnx)
{
    /// <summary>Top-1 of the exported network in the device's runtime, 0 to 1; null when not checked.</summary>
    public double? OnnxAccuracy { get; init; }

    /// <summary>Largest difference between the logits of the trained and of the exported network; null when not checked.</summary>
    public double? MaximumLogitDifference { get; init; }

    /// <summary>How much slower the device ran than when it was calibrated: 0.01 is 1 %; null when not known.</summary>
    public double? DeviceDrift { get; init; }

    /// <summary>Width multiplier of the uniform network.</summary>
    public double? UniformWidth { get; init; }

    public long? UniformMultiplyAdds { get; init; }

    public long? Parameters { get; init; }
}
