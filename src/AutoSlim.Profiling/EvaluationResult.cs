using MessagePack;

namespace AutoSlim.Profiling;

/// <summary>What a device answers to an <see cref="EvaluationRequest"/>: logits, or a reason.</summary>
/// <param name="Logits">Image by image, <paramref name="Classes"/> values each; empty when there is a reason.</param>
/// <param name="Reason">Why there are no logits; null on success.</param>
[MessagePackObject]
public sealed record EvaluationResult(
    [property: Key(0)] int Classes,
    [property: Key(1)] float[] Logits,
    [property: Key(2)] string? Reason)
{
    public static EvaluationResult Failed(string reason) => new(0, [], reason);

    /// <summary>The logits of one image.</summary>
    public ReadOnlySpan<float> Of(int image) => Logits.AsSpan(image * Classes, Classes);

    /// <summary>What is wrong with a result that came over the wire as the answer for <paramref name="images"/> images, or null.</summary>
    public string? Problem(int images)
    {
        if (Logits is null) return "the list of logits is missing";
        if (Reason is not null) return Logits.Length == 0 ? null : "logits and a reason at once";
        if (Classes < 1) return $"{Classes} classes, expected at least 1";
        if (Logits.LongLength != (long)Classes * images) return $"{Logits.Length} logits, expected {images} images x {Classes} classes";
        var odd = Array.FindIndex(Logits, logit => !float.IsFinite(logit));
        return odd < 0 ? null : FormattableString.Invariant($"logit {odd} is {Logits[odd]}, expected a finite number");
    }
}
