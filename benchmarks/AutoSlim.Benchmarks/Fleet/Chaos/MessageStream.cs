using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Text;

namespace AutoSlim.Benchmarks.Fleet.Chaos;

/// <summary>One direction of a connection. Bytes pass as they are until the web socket is open, then frame by frame: only whole messages can be dropped or repeated without breaking the stream.</summary>
internal sealed class MessageStream(Stream from, Stream to, ChaosDice dice)
{
    private const int LongestHead = 8 << 10;
    private const string Upgrade = "upgrade: websocket";
    private const string EndOfHead = "\r\n\r\n";
    private const byte BinaryMessage = 0x82;
    private const byte MaskBit = 0x80;
    private const byte LengthBits = 0x7f;
    private const byte TwoByteLength = 126;
    private const byte EightByteLength = 127;

    private readonly PipeReader reader = PipeReader.Create(from, new(leaveOpen: true));

    public async Task CarryAsync(CancellationToken cancellation)
    {
        if (!await CarryHeadAsync(cancellation)) return;
        for (var isHandshake = true; await ReadFrameAsync(cancellation) is byte[] frame; isHandshake = false)
            await PassAsync(frame, isHandshake || frame[0] != BinaryMessage ? ChaosFate.Pass : dice.Throw(), cancellation);
    }

    private async Task PassAsync(byte[] frame, ChaosFate fate, CancellationToken cancellation)
    {
        if (fate == ChaosFate.Drop) return;
        if (fate == ChaosFate.Delay) await Task.Delay(dice.Delay(), cancellation);
        await to.WriteAsync(fate == ChaosFate.Cut ? frame.AsMemory(0, dice.Below(frame.Length)) : frame, cancellation);
        if (fate == ChaosFate.Repeat) await to.WriteAsync(frame, cancellation);
        if (fate == ChaosFate.Cut) throw new IOException("cut");
    }

    /// <returns>False when the connection ended before it became a web socket: it carried requests.</returns>
    private async Task<bool> CarryHeadAsync(CancellationToken cancellation)
    {
        var seen = "";
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            var before = seen.Length;
            seen += Encoding.Latin1.GetString(read.Buffer);
            var end = seen.IndexOf(Upgrade, StringComparison.OrdinalIgnoreCase) is >= 0 and var upgrade ? seen.IndexOf(EndOfHead, upgrade, StringComparison.Ordinal) : -1;
            var passed = end < 0 ? read.Buffer : read.Buffer.Slice(0, end + EndOfHead.Length - before);
            await to.WriteAsync(passed.ToArray(), cancellation);
            reader.AdvanceTo(passed.End);
            if (end >= 0) return true;
            if (read.IsCompleted) return false;
            if (seen.Length > LongestHead) seen = seen[^LongestHead..];
        }
    }

    /// <returns>Null at the end.</returns>
    private async Task<byte[]?> ReadFrameAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            if (Length(read.Buffer) is long length && read.Buffer.Length >= length)
            {
                var frame = read.Buffer.Slice(0, length).ToArray();
                reader.AdvanceTo(read.Buffer.GetPosition(length));
                return frame;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted) return null;
        }
    }

    /// <summary>Of the frame with its head (RFC 6455, section 5.2); null while too little of it is there.</summary>
    private static long? Length(ReadOnlySequence<byte> buffer)
    {
        Span<byte> head = stackalloc byte[10];
        var there = (int)Math.Min(buffer.Length, head.Length);
        buffer.Slice(0, there).CopyTo(head);
        if (there < 2) return null;
        var mask = (head[1] & MaskBit) != 0 ? 4 : 0;
        return (head[1] & LengthBits) switch
        {
            TwoByteLength => there < 4 ? null : 4 + mask + BinaryPrimitives.ReadUInt16BigEndian(head[2..]),
            EightByteLength => there < 10 ? null : 10 + mask + BinaryPrimitives.ReadInt64BigEndian(head[2..]),
            var length => 2 + mask + length,
        };
    }
}
