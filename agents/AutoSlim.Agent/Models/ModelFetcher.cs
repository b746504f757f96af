using System.Net;
using System.Net.Http.Headers;
using AutoSlim.Agent.Connecting;
using AutoSlim.Profiling;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace AutoSlim.Agent.Models;

/// <summary>Gets models and image blobs from the host by their hash, and believes only the hash.</summary>
internal sealed class ModelFetcher : IDisposable
{
    private const int MaximumPasses = 2;
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromMinutes(2);

    private static readonly ResiliencePipeline Fetching = new ResiliencePipelineBuilder { Name = "fetch" }
        .AddTimeout(FetchTimeout)
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(error => error.StatusCode is null or >= HttpStatusCode.InternalServerError && error.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .Build();

    private readonly BlobCache cache;
    private readonly AgentOptions options;
    private HttpClient? http;

    public ModelFetcher(AgentOptions options, BlobCache cache) => (this.options, this.cache) = (options, cache);

    /// <summary>Contents are asked for with this token, which stays the same while the agent lives.</summary>
    public void Admit(string token)
    {
        if (http is not null) return;
        http = new HttpClient(HostTrust.Of(token).Handler())
        {
            BaseAddress = options.Server,
            MaxResponseContentBufferSize = ProfilerProtocol.MaximumBlobBytes,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    /// <summary>Sees that the cache holds all of these. What does not fit beside the others makes it forget them: once more, then, from the start.</summary>
    /// <exception cref="AgentException">The host sends other content or too much of it.</exception>
    /// <exception cref="ContentLostException">The host has no such content any more, or cannot be reached.</exception>
    public async Task FetchAsync(IReadOnlyList<string> hashes, CancellationToken cancellation)
    {
        for (var pass = 0; pass < MaximumPasses && hashes.Any(hash => !cache.Holds(hash)); pass++)
            foreach (var hash in hashes) await FetchAsync(hash, cancellation);
    }

    public void Dispose() => http?.Dispose();

    private async Task FetchAsync(string hash, CancellationToken cancellation)
    {
        if (cache.Holds(hash)) return;
        var content = await DownloadAsync(hash, cancellation);
        var received = ContentHash.Of(content);
        if (received != hash) throw new AgentException($"hash mismatch: the host sent {content.Length} bytes with SHA-256 {received} for {hash}");
        cache.Write(hash, content);
    }

    private async Task<byte[]> DownloadAsync(string hash, CancellationToken cancellation)
    {
        try
        {
            return await Fetching.ExecuteAsync(async token => await http!.GetByteArrayAsync(ProfilerProtocol.ModelsPath + hash, token), cancellation);
        }
        catch (Exception error) when (error is HttpRequestException or TimeoutRejectedException)
        {
            var reason = $"content {hash} cannot be fetched: {error.Message}";
            throw error is HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } ? new AgentException(reason) : new ContentLostException(reason);
        }
    }
}
