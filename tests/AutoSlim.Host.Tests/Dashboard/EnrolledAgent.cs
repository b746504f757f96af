using System.Net.Http.Headers;
using System.Net.Http.Json;
using AutoSlim.Host.Serving.Api;
using AutoSlim.Profiling;
using AutoSlim.Tests.Common;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AutoSlim.Host.Tests.Dashboard;

/// <summary>A device that was enrolled as a person would, and its agent in this process: it tells of a phone and answers every probe with 100 us.</summary>
internal sealed class EnrolledAgent : IAsyncDisposable
{
    public static readonly DeviceConditions Conditions = new(41.5, 2400, 83, true);

    private readonly HubConnection connection;

    private EnrolledAgent(HubConnection connection) => this.connection = connection;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task EnrolAsync(ServingProcess host, string name, string? pool = null) => await OneTimeTokenAsync(host, name, pool);

    public static async Task<EnrolledAgent> ConnectAsync(ServingProcess host, string name, string? pool = null)
    {
        var key = AgentToken.Create(AgentToken.Key, "");
        using var http = ClientOf(host, await OneTimeTokenAsync(host, name, pool));
        using var exchanged = await http.PostAsync(ProfilerProtocol.EnrolmentPath + name, new StringContent(key.Secret), Cancellation);
        exchanged.EnsureSuccessStatusCode();
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(host.Address, ProfilerProtocol.HubPath), options => options.AccessTokenProvider = () => Task.FromResult<string?>(key.Reveal()))
            .AddMessagePackProtocol(protocol => protocol.SerializerOptions = WireFormat.Options)
            .Build();
        connection.AnswersProbes(_ => new(ProbeStatus.Ok, [.. Enumerable.Repeat(100.0, 9)], 0, null, Conditions));
        await connection.StartAsync(Cancellation);
        var hello = new AgentHello(name, ProfilerProtocol.Version, InventedAgent.Description, 0, []);
        Assert.Null((await connection.InvokeAsync<Welcome>(nameof(IProfilerHub.Greet), hello, Cancellation)).Refusal);
        return new(connection);
    }

    public Task BeatAsync(DeviceConditions conditions) => connection.InvokeAsync(nameof(IProfilerHub.Beat), new Heartbeat([], conditions), Cancellation);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<string> OneTimeTokenAsync(ServingProcess host, string name, string? pool)
    {
        using var http = ClientOf(host, host.Token);
        using var answer = await http.PostAsJsonAsync("api/devices", new EnrolmentOrder(name, pool), Cancellation);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<EnrolmentToken>(Cancellation))!.Token;
    }

    private static HttpClient ClientOf(ServingProcess host, string token) =>
        new() { BaseAddress = host.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
}
