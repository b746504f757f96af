using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoSlim.Host.Commands;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.Mvc;
using Polly;
using Polly.Retry;

namespace AutoSlim.Host.Remote;

/// <summary>Talks to a running host as an operator. A host that is away is tried again for some minutes: it may be starting.</summary>
internal sealed class HostClient : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Of the API, on both ends.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly HostAddress address;
    private readonly HttpClient http;
    private readonly ResiliencePipeline asking;

    /// <param name="address">Of the host.</param>
    /// <param name="attempts">Before a host that cannot be reached is given up; 1 for a person who waits.</param>
    public HostClient(HostAddress address, int attempts)
    {
        this.address = address;
        var handler = new HttpClientHandler { AllowAutoRedirect = false };
        if (address.Token.CertificateSha256 is { Length: > 0 } pin)
            handler.ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate is not null && ContentHash.Of(certificate.RawData) == pin;
        http = new(handler)
        {
            BaseAddress = address.Server,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", address.Token.Reveal()) },
        };
        asking = attempts == 1 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder { Name = "host" }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>(error => error.StatusCode is null or HttpStatusCode.ServiceUnavailable),
                MaxRetryAttempts = attempts - 1,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = LongestPause,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    public Uri Server => address.Server;

    /// <exception cref="HostAwayException">The host is away.</exception>
    /// <exception cref="CommandFailedException">It refuses; in its words.</exception>
    public async Task<T> GetAsync<T>(string path, CancellationToken cancellation)
    {
        using var answer = await SendAsync(() => new(HttpMethod.Get, path), HttpCompletionOption.ResponseContentRead, cancellation);
        return (await answer.Content.ReadFromJsonAsync<T>(Json, cancellation))!;
    }

    /// <inheritdoc cref="GetAsync"/>
    public async Task<T> PostAsync<T>(string path, HttpContent content, CancellationToken cancellation)
    {
        using var answer = await SendAsync(() => new(HttpMethod.Post, path) { Content = content }, HttpCompletionOption.ResponseContentRead, cancellation);
        return answer.StatusCode == HttpStatusCode.NoContent ? default! : (await answer.Content.ReadFromJsonAsync<T>(Json, cancellation))!;
    }

    /// <summary>Sends and gets MessagePack.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<byte[]> AskAsync(string path, byte[] message, CancellationToken cancellation)
    {
        using var answer = await SendAsync(() => new(HttpMethod.Post, path) { Content = new ByteArrayContent(message) }, HttpCompletionOption.ResponseContentRead, cancellation);
        return await answer.Content.ReadAsByteArrayAsync(cancellation);
    }

    /// <inheritdoc cref="GetAsync"/>
    public async Task DeleteAsync(string path, CancellationToken cancellation) =>
        (await SendAsync(() => new(HttpMethod.Delete, path), HttpCompletionOption.ResponseContentRead, cancellation)).Dispose();

    /// <summary>Lines as they come, until there are no more.</summary>
    /// <inheritdoc cref="GetAsync"/>
    /// <exception cref="IOException">The host went away in the middle.</exception>
    public async Task FollowAsync(string path, Func<string, Task> take, CancellationToken cancellation)
    {
        using var answer = await SendAsync(() => new(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        while (await lines.ReadLineAsync(cancellation) is string line) await take(line);
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, HttpCompletionOption completion, CancellationToken cancellation)
    {
        try
        {
            var answer = await asking.ExecuteAsync(async token => Available(await http.SendAsync(request(), completion, token)), cancellation);
            return answer.IsSuccessStatusCode ? answer : throw await RefusalAsync(answer, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new HostAwayException($"the host at {address.Server} cannot be reached: {(error.InnerException ?? error).Message}", error);
        }
    }

    private static HttpResponseMessage Available(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) return answer;
        answer.Dispose();
        throw new HttpRequestException("it cannot read or write its state (503)", null, answer.StatusCode);
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using (answer)
        {
            if (answer.StatusCode is HttpStatusCode.Unauthorized) return new CommandFailedException($"the host at {address.Server} refused the operator's token (401)");
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            var detail = Detail(text) ?? $"it answered {(int)answer.StatusCode}";
            return answer.StatusCode == HttpStatusCode.BadRequest ? new UsageException(detail.Split("; ")) : new CommandFailedException($"the host at {address.Server}: {detail}");
        }
    }

    private static string? Detail(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<ProblemDetails>(text, Json)?.Detail;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
