using System.Collections.Concurrent;
using System.Diagnostics;
using AutoSlim.Host.Fleet;
using AutoSlim.Host.Serving;
using AutoSlim.Host.Telemetry;

namespace AutoSlim.Host.Jobs;

/// <summary>Runs jobs: those that compute one after another, those that only profile side by side. What ran when the host ended runs again when it is back.</summary>
internal sealed class JobRunner(JobStore store, JobOutcomes outcomes, ProbeLedger ledger, StepProcess steps, StateFiles files, ServeOptions options, ILogger<JobRunner> logger) : BackgroundService
{
    private readonly SemaphoreSlim computing = new(1);
    private readonly SemaphoreSlim profiling = new(options.ProfilingJobs);
    private readonly ConcurrentDictionary<string, (CancellationTokenSource Cancellation, JobLog Log)> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> tasks = new(StringComparer.Ordinal);
    private CancellationToken stopping;

    /// <summary>A job begins, goes a step on or ends.</summary>
    public event Action<string>? Changed;

    /// <summary>What the names of all campaigns of a job begin with.</summary>
    public static string CampaignsOf(string id) => $"job {id} step ";

    private static string CampaignOf(string id, int step) => $"{CampaignsOf(id)}{step + 1};";

    public async Task<Job> SubmitAsync(JobSpecification specification)
    {
        var job = await store.AddAsync(specification);
        Start(job.Id);
        return job;
    }

    /// <returns>False where the job is over already.</returns>
    public async Task<bool> CancelAsync(string id)
    {
        if (!await store.EndAsync(id, JobState.Cancelled, null)) return false;
        if (running.TryGetValue(id, out var job)) await job.Cancellation.CancelAsync();
        Changed?.Invoke(id);
        return true;
    }

    /// <summary>A device is asked again all that a step that failed had asked: it may have been too hot, too full or disturbed.</summary>
    /// <returns>False where the job is not over, or done.</returns>
    public async Task<bool> ResumeAsync(string id)
    {
        if (store.Find(id) is { State: JobState.Failed } failed) await ledger.ForgetStartingWithAsync(CampaignOf(id, failed.Step));
        if (!await store.ReopenAsync(id)) return false;
        Start(id);
        return true;
    }

    /// <summary>What a job printed last; empty for one that does not run.</summary>
    public string LastLine(string id) => running.TryGetValue(id, out var job) ? job.Log.LastLine : "";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        stopping = stoppingToken;
        foreach (var job in store.All.Where(job => !job.IsOver).Reverse()) Start(job.Id);
        await Task.Delay(Timeout.Infinite, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await Task.WhenAll(tasks.Values);
    }

    /// <summary>Waits for what is left of an earlier run of the same job.</summary>
    private void Start(string id) => tasks.AddOrUpdate(id, _ => Task.Run(() => RunInTurnAsync(id)), (_, earlier) => earlier.ContinueWith(_ => RunInTurnAsync(id), TaskScheduler.Default).Unwrap());

    private async Task RunInTurnAsync(string id)
    {
        if (store.Find(id) is not { IsOver: false } job) return;
        var lane = job.Specification.Computes ? computing : profiling;
        try
        {
            await lane.WaitAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            if (store.Find(id) is { IsOver: false } still) await RunAsync(still);
        }
        catch (Exception error)
        {
            logger.LogError(error, "job {Job} failed", id);
            await outcomes.EndAsync(id, JobState.Failed, error.Message, stopping);
        }
        finally
        {
            lane.Release();
            Changed?.Invoke(id);
        }
    }

    private async Task RunAsync(Job job)
    {
        using var log = new JobLog(files.JobLogPath(job.Id));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        running[job.Id] = (cancellation, log);
        try
        {
            // False of a job that was cancelled a moment ago, before it could be told.
            if (await outcomes.StartAsync(job.Id, cancellation.Token)) await RunStepsAsync(job, log, cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            logger.LogInformation("job {Job} was stopped", job.Id);
        }
        finally
        {
            running.TryRemove(job.Id, out _);
        }
    }

    private async Task RunStepsAsync(Job job, JobLog log, CancellationToken cancellation)
    {
        foreach (var (index, step) in job.Specification.Steps.Index().Skip(job.Step))
        {
            logger.LogInformation("job {Job}: step {Step} of {Steps}: {Text}", job.Id, index + 1, job.Specification.Steps.Count, step.Text);
            Changed?.Invoke(job.Id);
            log.Write($"$ autoslim {step.Text}");
            using var activity = HostTelemetry.Activities.StartActivity($"job step {step.Arguments[0]}");
            activity?.SetTag("autoslim.job", job.Id).SetTag("autoslim.step", index + 1);
            if (await steps.RunAsync(step, CampaignOf(job.Id, index), log, cancellation) is string failure)
            {
                activity?.SetStatus(ActivityStatusCode.Error, failure);
                await outcomes.EndAsync(job.Id, JobState.Failed, failure, cancellation);
                logger.LogWarning("job {Job} failed: {Failure}", job.Id, failure);
                return;
            }

            await outcomes.AdvanceAsync(job.Id, index + 1, cancellation);
        }

        await outcomes.EndAsync(job.Id, JobState.Done, null, cancellation);
        logger.LogInformation("job {Job} is done", job.Id);
    }
}
