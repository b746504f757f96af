using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AutoSlim.Benchmarks.Fleet.Fuzz;

/// <summary>Bytes that are no request, or no web socket's frames: each on a connection of its own.</summary>
/// <param name="port">Of the host.</param>
/// <param name="key">Of an enrolled agent.</param>
/// <param name="random">Seeded.</param>
internal sealed class RawFuzzer(int port, string key, Random random)
{
    private const int Flips = 12;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc cref="HubFuzzer.RunAsync"/>
    public async Task RunAsync(Func<int, bool> budget, CancellationToken cancellation)
    {
        var answer = new byte[4096];
        while (budget(1))
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, limit.Token);
                var stream = client.GetStream();
                await stream.WriteAsync(Bytes(), limit.Token);
                client.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(answer, limit.Token) > 0) continue;
            }
            catch (Exception error) when (error is IOException or SocketException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                // Whatever the host does with it is right, but to end.
            }
        }
    }

    private byte[] Bytes()
    {
        var opening = $"GET /profiler HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        byte[] noise = new byte[random.Next(1, 200)];
        random.NextBytes(noise);
        if (random.Next(2) == 0) return [.. Encoding.ASCII.GetBytes(opening), .. noise];
        var bent = Encoding.ASCII.GetBytes(opening);
        for (var flips = random.Next(1, Flips); flips > 0; flips--) bent[random.Next(bent.Length)] = (byte)random.Next(256);
        return bent;
    }
}
