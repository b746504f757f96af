namespace AutoSlim.Profiling;

/// <summary>Why a device could not measure: text for people that another machine wrote.</summary>
internal static class Reason
{
    /// <summary>Of one: a line or a few.</summary>
    public const int MaximumLength = 2000;

    /// <summary>What is wrong with one that came over the wire, or null.</summary>
    /// <param name="status">That it explains.</param>
    /// <param name="reason">As it came.</param>
    public static string? Problem(ProbeStatus status, string? reason) =>
        string.IsNullOrWhiteSpace(reason) ? $"status {status} without a reason"
        : reason.Length > MaximumLength ? $"a reason of {reason.Length} characters, expected at most {MaximumLength}"
        : reason.Any(character => char.IsControl(character) && character is not ('\n' or '\r' or '\t')) ? "a reason with control characters"
        : null;

    /// <summary>One that does.</summary>
    public static string Cut(string reason) => reason.Length <= MaximumLength ? reason : $"{reason.AsSpan(0, MaximumLength - 1)}\u2026";
}
