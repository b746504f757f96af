using System.Net;
using System.Net.Http.Json;
using AutoSlim.Host.Serving;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AutoSlim.Tests.Common;

/// <summary>A headless host in this process, on loopback in plain text and with its certificate, for the tests that leave it as they found it.</summary>
public sealed class RunningFleet : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder folder = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly StringWriter output = new();
    private Task running = Task.CompletedTask;
    private int devices;

    public string State => Path.Combine(folder.Path, "state");

    public Uri Plain => Listening("http");

    public Uri Secure => Listening("https");

    public string OperatorToken => File.ReadAllText(Path.Combine(State, "operator.token"));

    public string CertificateSha256 => AgentToken.Parse(OperatorToken)!.CertificateSha256;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var options = new ServeOptions { State = State, Listen = "http://127.0.0.1:0;https://127.0.0.1:0", Work = folder.Path };
        running = Task.Run(() => FleetHost.RunAsync(options, TextWriter.Synchronized(output), stopping.Token));
        await WhenAsync(() => File.Exists(Path.Combine(State, "address")) && output.ToString().Contains("the page asks", StringComparison.Ordinal) || running.IsCompleted);
        if (running.IsCompleted) await running;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running;
        stopping.Dispose();
        await output.DisposeAsync();
        folder.Dispose();
    }

    /// <param name="token">Null for none.</param>
    public HttpClient Client(string? token) => new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = Plain,
        DefaultRequestHeaders = { Authorization = token is null ? null : new("Bearer", token) },
    };

    /// <summary>A device that no other test has, and its one-time token.</summary>
    public async Task<(string Name, string Token)> EnrolAsync()
    {
        var name = $"device{Interlocked.Increment(ref devices)}";
        using var client = Client(OperatorToken);
        using var answer = await client.PostAsJsonAsync("api/devices", new { name }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (name, (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>(Cancellation))!["token"]);
    }

    public async Task<HttpStatusCode> ExchangeAsync(string token, string name, AgentToken key)
    {
        using var client = Client(token);
        using var answer = await client.PostAsync($"enrolment/{name}", new StringContent(key.Secret), Cancellation);
        return answer.StatusCode;
    }

    /// <summary>A device that no other test has, and its key.</summary>
    public async Task<(string Name, string Key)> EnrolledAsync()
    {
        var (name, token) = await EnrolAsync();
        var key = AgentToken.Create(AgentToken.Key, CertificateSha256);
        Assert.Equal(HttpStatusCode.NoContent, await ExchangeAsync(token, name, key));
        return (name, key.Reveal());
    }

    /// <summary>Does not greet yet.</summary>
    public async Task<HubConnection> ConnectAsync(string token)
    {
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(Plain, ProfilerProtocol.HubPath), http => http.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .AddMessagePackProtocol(protocol => protocol.SerializerOptions = WireFormat.Options)
            .Build();
        await connection.StartAsync(Cancellation);
        return connection;
    }

    /// <returns>Why it may not stay; null when it may.</returns>
    public static async Task<string?> GreetAsync(HubConnection connection, string name) =>
        (await connection.InvokeAsync<Welcome>(nameof(IProfilerHub.Greet), new AgentHello(name, ProfilerProtocol.Version, InventedAgent.Description, 0, []), Cancellation)).Refusal;

    public static async Task WhenAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!condition()) await Task.Delay(20, limit.Token);
    }

    private Uri Listening(string scheme) => new(output.ToString().Split('\n').Single(line => line.StartsWith($"listening on {scheme}://", StringComparison.Ordinal))["listening on ".Length..]);
}
