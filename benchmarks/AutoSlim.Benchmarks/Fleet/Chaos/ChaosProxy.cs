using System.Net;
using System.Net.Sockets;

namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>Stands between agents and host and treats messages badly: drops, delays and repeats some, and cuts connections in the middle of one.</summary>
internal sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly int host;
    private readonly ChaosDice dice;
    private readonly Task accepting;

    /// <param name="hostPort">On loopback.</param>
    /// <param name="dice">That decide.</param>
    public ChaosProxy(int hostPort, ChaosDice dice)
    {
        (host, this.dice) = (hostPort, dice);
        listener.Start();
        Server = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        accepting = AcceptAsync();
    }

    /// <summary>What agents take for the host.</summary>
    public Uri Server { get; }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = CarryAsync(await listener.AcceptTcpClientAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task CarryAsync(TcpClient agent)
    {
        using (agent)
        using (var onward = new TcpClient())
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token))
        {
            try
            {
                await onward.ConnectAsync(IPAddress.Loopback, host, over.Token);
                (agent.NoDelay, onward.NoDelay) = (true, true);
                var up = new MessageStream(agent.GetStream(), onward.GetStream(), dice).CarryAsync(over.Token);
                var down = new MessageStream(onward.GetStream(), agent.GetStream(), dice).CarryAsync(over.Token);
                await Task.WhenAny(up, down);
                await over.CancelAsync();
                await Task.WhenAll(up, down);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // Either side is gone; closing both tells the other.
            }
        }
    }
}
