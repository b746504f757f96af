using System.Diagnostics.CodeAnalysis;
using System.Net;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AutoSlim.Agent.Connecting;

/// <summary>One connection to the hub: greeted, and handing every request to the desk.</summary>
internal sealed class HubLink : IAsyncDisposable
{
    private readonly HubConnection connection;
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HubLink(HubConnection connection)
    {
        this.connection = connection;
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>Ends when the connection does.</summary>
    public Task Closed => closed.Task;

    /// <exception cref="AgentException">The host refuses the token or the agent.</exception>
    public static async Task<HubLink> OpenAsync(AgentOptions options, string token, DeviceDescription device, RequestDesk desk, CancellationToken cancellation)
    {
        var link = new HubLink(Build(options, token, desk));
        try
        {
            await link.connection.StartAsync(cancellation);
            var hello = new AgentHello(options.Name, ProfilerProtocol.Version, device, ProfilerProtocol.OldestVersion, desk.Holding);
            var welcome = await link.connection.InvokeAsync<Welcome>(nameof(IProfilerHub.Greet), hello, cancellation);
            return welcome.Refusal is null ? link : throw new AgentException($"the host at {options.Server} refused this agent: {welcome.Refusal}");
        }
        catch (Exception error)
        {
            await link.DisposeAsync();
            if (error is HttpRequestException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } refusal)
                throw new AgentException($"the host at {options.Server} refused the token ({(int)refusal.StatusCode!}): pass the host's own token in {ProfilerProtocol.TokenVariable} or --token-file; a key that was revoked needs a new one-time token (autoslim enroll {options.Name})");
            throw;
        }
    }

    public Task<ProbeReceipt> DeliverAsync(ProbeReport report, CancellationToken cancellation) => connection.InvokeAsync<ProbeReceipt>(nameof(IProfilerHub.Deliver), report, cancellation);

    public Task BeatAsync(Heartbeat heartbeat, CancellationToken cancellation) => connection.InvokeAsync(nameof(IProfilerHub.Beat), heartbeat, cancellation);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The publish profile trims .NET alone and keeps the libraries that find types by reflection whole.")]
    private static HubConnection Build(AgentOptions options, string token, RequestDesk desk)
    {
        var trust = HostTrust.Of(token);
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(options.Server, ProfilerProtocol.HubPath), http =>
            {
                http.AccessTokenProvider = () => Task.FromResult<string?>(token);
                http.Transports = HttpTransportType.WebSockets;
                http.HttpMessageHandlerFactory = _ => trust.Handler();
                http.WebSocketConfiguration = socket => socket.RemoteCertificateValidationCallback = trust.Callback;
            })
            .AddMessagePackProtocol(protocol => protocol.SerializerOptions = WireFormat.Options)
            .Build();
        connection.On<ProbeLease, ProbeRequest>(nameof(IProfilerAgent.Measure), desk.Measure);
        connection.On<ProbeLease, MemoryRequest>(nameof(IProfilerAgent.MeasureMemory), desk.MeasureMemory);
        connection.On<EvaluationRequest, EvaluationResult>(nameof(IProfilerAgent.Evaluate), desk.EvaluateAsync);
        connection.On(nameof(IProfilerAgent.Abandon), desk.Abandon);
        return connection;
    }
}
