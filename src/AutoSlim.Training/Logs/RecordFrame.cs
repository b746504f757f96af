using System.Buffers.Binary;
using System.Numerics;

namespace AutoSlim.Training.Logs;

/// <summary>
/// The frame of a record in TensorBoard's event files: length (8 bytes, little-endian), its checksum, the record, its checksum.
/// Checksums are CRC-32C, rotated by 15 bits to the right, plus a constant.
/// </summary>
internal static class RecordFrame
{
    private const int LengthBytes = sizeof(ulong);
    private const int ChecksumBytes = sizeof(uint);

    public static void Write(Stream stream, ReadOnlySpan<byte> record)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)record.Length);
        WriteChecked(stream, length);
        WriteChecked(stream, record);
    }

    /// <summary>The next record; null at the end of the file, and where a writer was stopped in mid-record.</summary>
    public static byte[]? Read(Stream stream)
    {
        if (ReadChecked(stream, LengthBytes) is not byte[] bytes) return null;
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return length <= (ulong)(stream.Length - stream.Position) ? ReadChecked(stream, (int)length) : null;
    }

    private static void WriteChecked(Stream stream, ReadOnlySpan<byte> bytes)
    {
        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Checksum(bytes));
        stream.Write(bytes);
        stream.Write(checksum);
    }

    private static byte[]? ReadChecked(Stream stream, int count)
    {
        var bytes = new byte[count + ChecksumBytes];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) return null;
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(count)) == Checksum(bytes.AsSpan(0, count)) ? bytes[..count] : null;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return BitOperations.RotateRight(~crc, 15) + 0xa282ead8;
    }
}
