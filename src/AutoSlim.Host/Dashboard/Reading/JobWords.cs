namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>How a job's state looks.</summary>
internal static class JobWords
{
    /// <summary>Of a <see cref="Parts.StateChip"/>.</summary>
    /// <param name="state">As a <see cref="Serving.Api.JobView"/> has it.</param>
    public static string Tone(string state) => state switch
    {
        "running" => "busy",
        "done" => "good",
        "failed" => "bad",
        _ => "quiet",
    };
}
