namespace AutoSlim.Host.Jobs;

/// <summary>A job and how far it is.</summary>
/// <param name="Id">Twelve hex digits.</param>
/// <param name="Specification">What is wanted.</param>
/// <param name="State">Where it is.</param>
/// <param name="Step">Steps that are done.</param>
/// <param name="Message">Why it failed; null otherwise.</param>
/// <param name="SubmittedAt">When it came.</param>
/// <param name="StartedAt">When it first ran; null before.</param>
/// <param name="EndedAt">When it ended; null before.</param>
internal sealed record Job(
    string Id, JobSpecification Specification, JobState State, int Step, string? Message, DateTimeOffset SubmittedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public bool IsOver => State is JobState.Done or JobState.Failed or JobState.Cancelled;
}
