using System.Collections.Concurrent;
using System.Net;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AutoSlim.Host.Tests.Jobs;

/// <summary>An agent in this process that measures nothing: a model's time and memory are told by its size. It comes back to its host whatever becomes of that.</summary>
internal sealed class TirelessAgent : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly HttpClient http;
    private readonly Uri host;
    private readonly string name;
    private readonly string key;
    private readonly Task living;
    private DeviceDescription description = InventedAgent.Description;
    private TaskCompletionSource left = new();

    private TirelessAgent(Uri host, string name, string key)
    {
        (this.host, this.name, this.key) = (host, name, key);
        http = new() { BaseAddress = host, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        living = Task.Run(LiveAsync);
    }

    /// <summary>By probe, how often each was asked.</summary>
    public ConcurrentDictionary<string, int> Asked { get; } = new();

    /// <summary>Probes whose answer the host has on its disk.</summary>
    public ConcurrentDictionary<string, bool> Stored { get; } = new();

    /// <param name="host">Plain, on loopback.</param>
    /// <param name="name">As it is enrolled.</param>
    /// <param name="oneTime">Its token.</param>
    public static async Task<TirelessAgent> EnrolAsync(Uri host, string name, string oneTime)
    {
        var key = AgentToken.Create(AgentToken.Key, "");
        using var http = new HttpClient { BaseAddress = host, DefaultRequestHeaders = { Authorization = new("Bearer", oneTime) } };
        using var answer = await http.PostAsync(ProfilerProtocol.EnrolmentPath + name, new StringContent(key.Secret));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        return new(host, name, key.Reveal());
    }

    /// <summary>Leaves, and is back as a device that has been updated.</summary>
    public void ComeBackAs(DeviceDescription updated)
    {
        description = updated;
        left.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await living;
        http.Dispose();
        stopping.Dispose();
    }

    private async Task LiveAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await ServeAsync();
            }
            catch (Exception error) when (error is HttpRequestException or IOException or InvalidOperationException or OperationCanceledException)
            {
                await Task.WhenAny(Task.Delay(100, stopping.Token));
            }
        }
    }

    private async Task ServeAsync()
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(host, ProfilerProtocol.HubPath), options => options.AccessTokenProvider = () => Task.FromResult<string?>(key))
            .AddMessagePackProtocol(protocol => protocol.SerializerOptions = WireFormat.Options)
            .Build();
        var closed = left = new();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        connection.On<ProbeLease, ProbeRequest>(nameof(IProfilerAgent.Measure), async (lease, request) => await AnswerAsync(connection, lease, request.ModelSha256, bytes => new(lease, Latency(request, bytes), null)));
        connection.On<ProbeLease, MemoryRequest>(nameof(IProfilerAgent.MeasureMemory), async (lease, request) => await AnswerAsync(connection, lease, request.ModelSha256, bytes => new(lease, null, Memory(bytes))));
        await connection.StartAsync(stopping.Token);
        await connection.InvokeAsync<Welcome>(nameof(IProfilerHub.Greet), new AgentHello(name, ProfilerProtocol.Version, description, 0, []), stopping.Token);
        await closed.Task.WaitAsync(stopping.Token);
    }

    private static ProbeResult Latency(ProbeRequest request, int bytes) =>
        new(ProbeStatus.Ok, [.. Enumerable.Repeat(5 + bytes / 100.0, request.Plan.MinimumSamples)], 0, null, DeviceConditions.Unknown);

    private static MemoryResult Memory(int bytes) => new(ProbeStatus.Ok, 100_000 + bytes, 50_000_000, null);

    private async Task AnswerAsync(HubConnection connection, ProbeLease lease, string modelSha256, Func<int, ProbeReport> answer)
    {
        Asked.AddOrUpdate(lease.ProbeId, 1, (_, before) => before + 1);
        var model = await http.GetByteArrayAsync(ProfilerProtocol.ModelsPath + modelSha256, stopping.Token);
        if (await connection.DeliverAsync(answer(model.Length)) == ProbeReceipt.Stored) Stored[lease.ProbeId] = true;
    }
}
