using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AutoSlim.Profiling;

namespace AutoSlim.Benchmarks.Fleet.Fuzz;

/// <summary>Requests that no host may grant: without a token, with one of another role, or with an operator's and nonsense.</summary>
/// <param name="server">The host.</param>
/// <param name="tokens">Those to show: an operator's first, then agents' keys and what is none.</param>
/// <param name="device">That is enrolled.</param>
/// <param name="random">Seeded.</param>
internal sealed class HttpFuzzer(Uri server, IReadOnlyList<string> tokens, string device, Random random)
{
    private const string Ghost = "ghost";
    private const int LongestText = 2000;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "BREW"];
    private static readonly HashSet<HttpStatusCode> Refusals =
    [
        HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden, HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed,
        HttpStatusCode.UnsupportedMediaType, HttpStatusCode.Redirect, HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestUriTooLong, HttpStatusCode.Conflict,
    ];

    /// <summary>Answers that grant something.</summary>
    public int Granted { get; private set; }

    /// <summary>Answers that the host is at fault itself, 500 and above.</summary>
    public int Faults { get; private set; }

    /// <summary>The first answer of either kind, for people.</summary>
    public string? First { get; private set; }

    /// <inheritdoc cref="HubFuzzer.RunAsync"/>
    public async Task RunAsync(Func<int, bool> budget, CancellationToken cancellation)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server, Timeout = TimeSpan.FromSeconds(30) };
        while (budget(1))
        {
            using var request = Request();
            var what = $"{request.Method} {request.RequestUri}";
            using var answer = await http.SendAsync(request, cancellation);
            await answer.Content.CopyToAsync(Stream.Null, cancellation);
            if (Refusals.Contains(answer.StatusCode)) continue;
            if (answer.StatusCode >= HttpStatusCode.InternalServerError) Faults++;
            else Granted++;
            First ??= $"{what}: {(int)answer.StatusCode}";
        }
    }

    private HttpRequestMessage Request()
    {
        var request = random.Next(4) == 0 ? OfOperator() : OfStranger();
        if (random.Next(8) == 0) request.Headers.TryAddWithoutValidation($"X-{random.Next()}", Text());
        return request;
    }

    /// <summary>Any path, with any token but an operator's.</summary>
    private HttpRequestMessage OfStranger()
    {
        string[] paths = ["api/devices", $"api/devices/{device}", $"api/devices/{device}/probes", "api/jobs", $"api/jobs/{random.Next()}/log?follow=true", $"enrolment/{Name()}", $"models/{Name()}", "profiler/negotiate", "profiler", "openapi/v1.json", $"api/{Name()}", "sign-in"];
        var path = paths[random.Next(paths.Length)];
        var method = path == "sign-in" ? "POST" : Methods[random.Next(Methods.Length)];
        var token = random.Next(3) == 0 ? null : tokens[random.Next(1, tokens.Count)];
        // An agent may negotiate: that grants nothing but a way to the hub.
        if (path.StartsWith("profiler", StringComparison.Ordinal)) token = null;
        return With(new(new HttpMethod(method), path) { Content = Body(method) }, token);
    }

    /// <summary>An operator's token, and something that there is not or that has no form.</summary>
    private HttpRequestMessage OfOperator() => With(random.Next(8) switch
    {
        0 => new(HttpMethod.Post, $"api/devices/{device}/probes") { Content = new ByteArrayContent(Bent()) },
        1 => new(HttpMethod.Post, $"api/devices/{Ghost}-{random.Next()}/probes") { Content = new ByteArrayContent(AskedProbe.Of("hostile", Ghost, random.Next(100)).Body) },
        2 => new(HttpMethod.Post, "api/devices") { Content = new StringContent($"{{\"name\":\"-{Escaped()}\"}}", Encoding.UTF8, "application/json") },
        3 => new(HttpMethod.Post, "api/jobs") { Content = new StringContent($"name: [{Escaped()}") },
        4 => new(HttpMethod.Delete, $"api/devices/{Ghost}-{random.Next()}"),
        5 => new(HttpMethod.Post, $"api/jobs/{Name()}/resume"),
        6 => new(HttpMethod.Get, $"api/devices/{Ghost}?waitSeconds={Name()}"),
        _ => new(HttpMethod.Post, $"api/devices/{device}/evaluations") { Content = new ByteArrayContent(Bytes()) },
    }, tokens[0]);

    /// <summary>A fair question whose model is not the one that it names.</summary>
    private byte[] Bent()
    {
        var body = AskedProbe.Of("hostile", device, random.Next(100)).Body;
        body[^(random.Next(1, 1000))] ^= (byte)random.Next(1, 256);
        if (random.Next(2) == 0) body[random.Next(body.Length)] = (byte)random.Next(256);
        return random.Next(4) == 0 ? body[..random.Next(body.Length)] : body;
    }

    private ByteArrayContent? Body(string method) => method is "GET" or "HEAD" or "OPTIONS" or "DELETE" ? null : new(Bytes()) { Headers = { ContentType = random.Next(2) == 0 ? null : new("application/json") } };

    private byte[] Bytes()
    {
        var bytes = new byte[random.Next(LongestText)];
        random.NextBytes(bytes);
        return bytes;
    }

    private string Text() => new([.. Enumerable.Range(0, random.Next(1, 100)).Select(_ => (char)random.Next(' ', '~'))]);

    private string Name() => random.Next(4) == 0 ? new('x', random.Next(1, LongestText)) : $"x{Uri.EscapeDataString(Text())}";

    private string Escaped() => Text().Replace("\\", "", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal);

    private static HttpRequestMessage With(HttpRequestMessage request, string? token)
    {
        if (token is not null) request.Headers.Authorization = AuthenticationHeaderValue.Parse($"Bearer {token}");
        return request;
    }

    /// <summary>Looks like a token and is none.</summary>
    public static string Invented(string purpose) => AgentToken.Create(purpose, "").Reveal();
}
