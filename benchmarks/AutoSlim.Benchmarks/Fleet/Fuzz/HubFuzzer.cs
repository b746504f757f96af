using System.Net.WebSockets;
using AutoSlim.Profiling;

namespace AutoSlim.Benchmarks.Fleet.Fuzz;

/// <summary>One connection after another to the hub, with an agent's key, that carries hostile messages; each burst ends with a fair one, whose answer shows that all were read.</summary>
/// <param name="server">The host.</param>
/// <param name="key">Of an enrolled agent.</param>
/// <param name="name">Of that agent.</param>
/// <param name="random">Seeded.</param>
internal sealed class HubFuzzer(Uri server, string key, string name, Random random)
{
    private const int Burst = 64;
    private const int BurstsOfConnection = 16;
    private const int AnswerBytes = 1 << 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HubFrames frames = new(random);
    private readonly byte[] answer = new byte[AnswerBytes];
    private int closed;

    /// <summary>Connections that the hub ended in the middle.</summary>
    public int Closed => closed;

    /// <param name="budget">Takes messages from what is to be sent; false when all are.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Func<int, bool> budget, CancellationToken cancellation)
    {
        while (true)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using var socket = new ClientWebSocket();
            limit.CancelAfter(Patience);
            socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
            await socket.ConnectAsync(new UriBuilder(new Uri(server, ProfilerProtocol.HubPath)) { Scheme = "ws" }.Uri, limit.Token);
            await SendAsync(socket, HubFrames.Handshake, limit.Token);
            if (random.Next(2) == 0) await SendAsync(socket, HubFrames.Greeting(name), limit.Token);
            try
            {
                for (var burst = 0; burst < BurstsOfConnection; burst++)
                {
                    if (!budget(Burst)) return;
                    limit.CancelAfter(Patience);
                    await BurstAsync(socket, $"fair {burst}", limit.Token);
                }

                if (!budget(1)) return;
                await SendAsync(socket, frames.Broken(), limit.Token);
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            }
            catch (WebSocketException)
            {
                // The hub ended the connection, which is its right.
                Interlocked.Increment(ref closed);
            }
        }
    }

    private async Task BurstAsync(ClientWebSocket socket, string fair, CancellationToken cancellation)
    {
        var read = ReadUntilAsync(socket, System.Text.Encoding.ASCII.GetBytes(fair), cancellation);
        for (var message = 0; message < Burst; message++) await SendAsync(socket, frames.Hostile(), cancellation);
        await SendAsync(socket, HubFrames.Beat(fair), cancellation);
        await read;
    }

    /// <summary>The host answers in the order of the questions.</summary>
    private async Task ReadUntilAsync(ClientWebSocket socket, byte[] mark, CancellationToken cancellation)
    {
        while (true)
        {
            var got = await socket.ReceiveAsync(answer, cancellation);
            if (got.MessageType == WebSocketMessageType.Close) throw new WebSocketException("closed");
            if (answer.AsSpan(0, got.Count).IndexOf(mark) >= 0) return;
        }
    }

    private static Task SendAsync(ClientWebSocket socket, byte[] message, CancellationToken cancellation) => socket.SendAsync(message, WebSocketMessageType.Binary, true, cancellation);
}
