using System.Buffers.Binary;

namespace AutoSlim.Training.Checkpoints;

/// <summary>Reads the safetensors format; nothing is allocated that the file does not hold.</summary>
internal static class SafeTensorsReader
{
    /// <summary>The format's own limit.</summary>
    private const long MaximumHeaderBytes = 100_000_000;

    /// <param name="stream">Seekable.</param>
    /// <param name="name">The file, for messages.</param>
    public static SafeTensorsFile Read(Stream stream, string name) => Named(name, () =>
    {
        var header = CheckedHeader(stream);
        var tensors = new Dictionary<string, StoredTensor>();
        foreach (var entry in header.Entries.OrderBy(entry => entry.Begin)) tensors.Add(entry.Name, ReadTensor(stream, entry));
        return new SafeTensorsFile(tensors, header.Metadata);
    });

    /// <summary>What the file says of itself, its tensors unread.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream stream, string name) => Named(name, () => CheckedHeader(stream).Metadata);

    private static SafeTensorsHeader CheckedHeader(Stream stream)
    {
        var header = SafeTensorsHeader.Parse(ReadHeader(stream));
        CheckLayout(header.Entries, stream.Length - stream.Position);
        return header;
    }

    private static T Named<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CheckpointException exception)
        {
            throw new CheckpointException($"{name}: {exception.Message}");
        }
        catch (EndOfStreamException)
        {
            throw new CheckpointException($"{name}: became shorter while it was read");
        }
    }

    private static byte[] ReadHeader(Stream stream)
    {
        if (stream.Length < sizeof(ulong)) throw new CheckpointException($"has {stream.Length} bytes, expected a header length of {sizeof(ulong)} bytes");
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(bytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var limit = Math.Min(MaximumHeaderBytes, stream.Length - sizeof(ulong));
        if (length > (ulong)limit) throw new CheckpointException($"claims a header of {length} bytes, expected at most {limit}: not a safetensors file, or truncated");
        var header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    /// <summary>The tensors must fill the data, in some order, without a gap or an overlap.</summary>
    private static void CheckLayout(IReadOnlyList<TensorEntry> entries, long dataBytes)
    {
        long end = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end) throw new CheckpointException($"tensor '{entry.Name}' begins at {entry.Begin}, expected {end}: tensors {(entry.Begin < end ? "overlap" : "leave a gap")}");
            if (StoredTensor.ByteCount(entry.Type, entry.Shape) is not { } bytes || entry.End - entry.Begin != bytes)
                throw new CheckpointException($"tensor '{entry.Name}' has data from {entry.Begin} to {entry.End}, which is not what {entry.Type} of shape [{string.Join(", ", entry.Shape)}] takes");
            end = entry.End;
        }

        if (end != dataBytes) throw new CheckpointException($"has {dataBytes} bytes of data, the header describes {end}: {(dataBytes < end ? "truncated" : "something follows")}");
    }

    private static StoredTensor ReadTensor(Stream stream, TensorEntry entry)
    {
        var bytes = new byte[entry.End - entry.Begin];
        stream.ReadExactly(bytes);
        return new(entry.Type, entry.Shape, bytes);
    }
}
