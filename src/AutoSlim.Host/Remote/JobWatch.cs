using AutoSlim.Host.Commands;
using AutoSlim.Host.Serving.Api;
using Polly;
using Polly.Retry;

namespace AutoSlim.Host.Remote;

/// <summary>Prints what a job prints until it is over, through restarts of its host.</summary>
/// <param name="open">Finds the host, anew after each restart.</param>
/// <param name="output">Takes the lines, each once.</param>
/// <param name="notices">Told that the host is away.</param>
internal sealed class JobWatch(Func<HostClient> open, TextWriter output, TextWriter notices)
{
    /// <summary>Some ten minutes of a host that was there.</summary>
    private const int Attempts = 60;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private static readonly ResiliencePipeline Returning = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            // Who stops it in good order leaves no address behind.
            ShouldHandle = new PredicateBuilder().Handle<HostAwayException>().Handle<UsageException>(),
            MaxRetryAttempts = Attempts,
            Delay = TimeSpan.FromMilliseconds(200),
            MaxDelay = LongestPause,
            BackoffType = DelayBackoffType.Exponential,
        })
        .Build();

    private int printed;

    /// <summary>The job when it is over.</summary>
    /// <exception cref="CommandFailedException">There is no such job, or the host does not come back.</exception>
    public async Task<JobView> ToEndAsync(string job, CancellationToken cancellation)
    {
        var pipeline = ResiliencePipeline.Empty;
        while (true)
        {
            using var client = await pipeline.ExecuteAsync(async token => await ConnectAsync(job, token), cancellation);
            pipeline = Returning;
            try
            {
                return await FollowAsync(client, job, cancellation);
            }
            catch (Exception cut) when (cut is IOException or HostAwayException)
            {
                await notices.WriteLineAsync($"the host at {client.Server} went away; job '{job}' is followed on when it is back");
            }
        }
    }

    private async Task<HostClient> ConnectAsync(string job, CancellationToken cancellation)
    {
        var client = open();
        try
        {
            await client.GetAsync<JobView>($"api/jobs/{job}", cancellation);
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>From the start of the log: what was printed before is passed over.</summary>
    private async Task<JobView> FollowAsync(HostClient client, string job, CancellationToken cancellation)
    {
        var line = 0;
        await client.FollowAsync($"api/jobs/{job}/log?follow=true", async text =>
        {
            if (line++ < printed) return;
            await output.WriteLineAsync(text);
            printed = line;
        }, cancellation);
        return await client.GetAsync<JobView>($"api/jobs/{job}", cancellation);
    }
}
