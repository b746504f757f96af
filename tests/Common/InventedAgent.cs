using AutoSlim.Host.Devices;
using AutoSlim.Profiling;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace AutoSlim.Tests.Common;

/// <summary>An agent in this process that holds the token and speaks the protocol, and answers what a test says.</summary>
internal sealed class InventedAgent : IAsyncDisposable
{
    public static readonly DeviceDescription Description = new("Cortex-A72", "Linux 6.1", "arm64", "onnxruntime", "1.31.1", "0123456789abcdef", "CPU", 1, "all");

    private InventedAgent(DeviceServer server, HubConnection connection) => (Server, Connection) = (server, connection);

    public DeviceServer Server { get; }

    public HubConnection Connection { get; }

    public ConnectedDevice Device => Assert.Single(Server.Devices);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Greets the hub of a server of its own.</summary>
    public static async Task<InventedAgent> GreetAsync(string name, Action<HubConnection> answers)
    {
        var agent = await ConnectAsync(answers);
        await agent.GreetAsync(name, ProfilerProtocol.Version);
        return agent;
    }

    /// <summary>Does not greet yet.</summary>
    public static async Task<InventedAgent> ConnectAsync(Action<HubConnection> answers)
    {
        var server = await DeviceServer.StartAsync(new(), Cancellation);
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Address, ProfilerProtocol.HubPath), http => http.AccessTokenProvider = () => Task.FromResult<string?>(server.Token))
            .AddMessagePackProtocol(protocol => protocol.SerializerOptions = WireFormat.Options)
            .Build();
        answers(connection);
        await connection.StartAsync(Cancellation);
        return new(server, connection);
    }

    public Task<Welcome> GreetAsync(string name, int version) =>
        Connection.InvokeAsync<Welcome>(nameof(IProfilerHub.Greet), new AgentHello(name, version, Description, 0, []), Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await Server.DisposeAsync();
    }
}
