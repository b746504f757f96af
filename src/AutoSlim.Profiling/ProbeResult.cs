using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>What a device answers to a <see cref="ProbeRequest"/>: all samples, or the reason why there are none to trust.</summary>
/// <param name="SamplesMicroseconds">Wall time of one run, one value per sample that passed the gate, in the order taken.</param>
/// <param name="Dropped">Samples that did not pass the gate.</param>
/// <param name="Reason">Null when and only when the status is <see cref="ProbeStatus.Ok"/>.</param>
/// <param name="Conditions">After the last sample.</param>
[MessagePackObject]
public sealed record ProbeResult(
    [property: Key(0)] ProbeStatus Status,
    [property: Key(1)] IReadOnlyList<double> SamplesMicroseconds,
    [property: Key(2)] int Dropped,
    [property: Key(3)] string? Reason,
    [property: Key(4)] DeviceConditions Conditions)
{
    /// <summary>Longer than any time limit that a plan may set.</summary>
    private const double MaximumSampleMicroseconds = 600e6;

    /// <summary>More than any time limit has room for.</summary>
    private const int MaximumDropped = 10_000_000;

    public static ProbeResult Failed(string reason) => new(ProbeStatus.Failed, [], 0, Profiling.Reason.Cut(reason), DeviceConditions.Unknown);

    /// <summary>What is wrong with a result that came over the wire as the answer to <paramref name="plan"/>, or null.</summary>
    public string? Problem(MeasurementPlan plan)
    {
        if (!Enum.IsDefined(Status)) return $"status {(int)Status} is unknown";
        if (SamplesMicroseconds is null) return "the list of samples is missing";
        if (SamplesMicroseconds.Count > plan.MaximumSamples) return $"{SamplesMicroseconds.Count} samples, expected at most {plan.MaximumSamples}";
        if (Conditions is null) return "the conditions are missing";
        if (Conditions.Problem() is string odd) return odd;
        if (Dropped is < 0 or > MaximumDropped) return $"{Dropped} samples were dropped, expected 0 to {MaximumDropped}";
        if (Status != ProbeStatus.Ok) return Profiling.Reason.Problem(Status, Reason) ?? SampleProblem();
        return SamplesMicroseconds.Count < plan.MinimumSamples
            ? $"{SamplesMicroseconds.Count} samples, expected at least {plan.MinimumSamples}"
            : SampleProblem();
    }

    private string? SampleProblem()
    {
        foreach (var (index, sample) in SamplesMicroseconds.Index())
        {
            if (!(sample > 0 && sample <= MaximumSampleMicroseconds))
                return FormattableString.Invariant($"sample {index} is {sample} us, expected more than 0 and at most {MaximumSampleMicroseconds}");
        }

        return null;
    }
}
