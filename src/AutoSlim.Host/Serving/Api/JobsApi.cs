using AutoSlim.Host.Jobs;
using AutoSlim.Host.Serving.Access;
using Microsoft.AspNetCore.Mvc;

namespace AutoSlim.Host.Serving.Api;

/// <summary>Work: what is wanted, how far it is, and what it prints.</summary>
internal static class JobsApi
{
    private const int MaximumJobBytes = 4 << 20;
    private static readonly TimeSpan FollowStep = TimeSpan.FromMilliseconds(250);

    public static void Map(IEndpointRouteBuilder operators)
    {
        operators.MapGet("/jobs", (JobStore store, JobRunner runner) => store.All.Select(job => JobView.Of(job, runner))).WithSummary("All jobs, newest first.");
        operators.MapGet("/jobs/{id}", (string id, JobStore store, JobRunner runner) => store.Find(id) is Job job ? Results.Ok(JobView.Of(job, runner)) : NoJob(id)).WithSummary("One job.");
        operators.MapPost("/jobs", SubmitAsync).WithSummary("Submits a job: YAML or JSON with a name and steps.").WithMetadata(new RequestSizeLimitAttribute(MaximumJobBytes));
        operators.MapDelete("/jobs/{id}", CancelAsync).WithSummary("Cancels a job; what it has made stays.");
        operators.MapPost("/jobs/{id}/resume", ResumeAsync).WithSummary("Goes on with a job that failed or was cancelled.");
        operators.MapGet("/jobs/{id}/log", FollowAsync).WithSummary("What a job prints, from the start; with follow=true until it is over.");
    }

    private static async Task<IResult> SubmitAsync(HttpRequest request, JobRunner runner)
    {
        using var body = new StreamReader(request.Body);
        var (specification, problems) = JobSpecification.Read(await body.ReadToEndAsync(request.HttpContext.RequestAborted));
        if (specification is null) return Refusal.Wrong(problems);
        var job = await runner.SubmitAsync(specification);
        return Results.Created($"/api/jobs/{job.Id}", JobView.Of(job, runner));
    }

    private static async Task<IResult> CancelAsync(string id, JobStore store, JobRunner runner)
    {
        if (store.Find(id) is not Job job) return NoJob(id);
        return await runner.CancelAsync(id) ? Results.NoContent() : Refusal.Conflict($"job '{id}' is over already: {job.State}");
    }

    private static async Task<IResult> ResumeAsync(string id, JobStore store, JobRunner runner)
    {
        if (store.Find(id) is not Job job) return NoJob(id);
        return await runner.ResumeAsync(id) ? Results.NoContent() : Refusal.Conflict($"job '{id}' cannot be resumed: {job.State}");
    }

    private static async Task<IResult> FollowAsync(string id, bool? follow, JobStore store, StateFiles files, OperatorSessions sessions, HttpContext context)
    {
        if (store.Find(id) is null) return NoJob(id);
        var (response, cancellation) = (context.Response, context.RequestAborted);
        response.ContentType = "text/plain; charset=utf-8";
        await using var log = new FileStream(files.JobLogPath(id), FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        while (sessions.IsIn(context))
        {
            var isOver = follow != true || store.Find(id) is not { IsOver: false };
            await log.CopyToAsync(response.Body, cancellation);
            if (isOver) return Results.Empty;
            await response.Body.FlushAsync(cancellation);
            await Task.Delay(FollowStep, cancellation);
        }

        context.Abort();
        return Results.Empty;
    }

    private static IResult NoJob(string id) => Refusal.NotFound($"there is no job '{id}'");
}
