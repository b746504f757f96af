using AutoSlim.Host.Jobs;

namespace AutoSlim.Host.Serving.Api;

/// <summary>A job, for people.</summary>
/// <param name="Id">Twelve hex digits.</param>
/// <param name="Name">As it was submitted.</param>
/// <param name="State">queued, running, done, failed or cancelled.</param>
/// <param name="Steps">As they would be typed.</param>
/// <param name="StepsDone">How many of them are done.</param>
/// <param name="LastLine">What it printed last, while it runs.</param>
/// <param name="Message">Why it failed.</param>
/// <param name="SubmittedAt">When it came.</param>
/// <param name="StartedAt">When it first ran.</param>
/// <param name="EndedAt">When it ended.</param>
internal sealed record JobView(
    string Id, string Name, string State, IReadOnlyList<string> Steps, int StepsDone, string LastLine, string? Message, DateTimeOffset SubmittedAt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt)
{
    public static JobView Of(Job job, JobRunner runner) => new(
        job.Id, job.Specification.Name, Word(job.State), [.. job.Specification.Steps.Select(step => step.Text)], job.Step, runner.LastLine(job.Id), job.Message,
        job.SubmittedAt, job.StartedAt, job.EndedAt);

    public static string Word(JobState state) => $"{state}".ToLowerInvariant();
}
