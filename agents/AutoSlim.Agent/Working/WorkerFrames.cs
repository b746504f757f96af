using AutoSlim.Profiling;
using MessagePack;

namespace AutoSlim.Agent.Working;

/// <summary>What the agent and its worker say to each other over a pipe: one MessagePack value after the other.</summary>
internal sealed class WorkerFrames(Stream incoming, Stream outgoing) : IDisposable
{
    private readonly MessagePackStreamReader reader = new(incoming);

    public async Task WriteAsync<T>(T value, CancellationToken cancellation)
    {
        await outgoing.WriteAsync(MessagePackSerializer.Serialize(value, WireFormat.Options, cancellation), cancellation);
        await outgoing.FlushAsync(cancellation);
    }

    /// <exception cref="EndOfStreamException">The other side is gone.</exception>
    public async Task<T> ReadAsync<T>(CancellationToken cancellation) => await reader.ReadAsync(cancellation) is { } frame
        ? MessagePackSerializer.Deserialize<T>(frame, WireFormat.Options, cancellation)
        : throw new EndOfStreamException();

    public void Dispose() => reader.Dispose();
}
