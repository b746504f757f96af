using System.Buffers.Binary;

namespace AutoSlim.Training.Data;

/// <summary>The IDX format of MNIST and Fashion-MNIST: a big-endian magic number, one big-endian size per dimension, bytes.</summary>
internal sealed record IdxFile(string Name, IReadOnlyList<int> Sizes, byte[] Values)
{
    private const int UnsignedBytes = 0x08;

    /// <summary>Reads a file of unsigned bytes with the given number of dimensions.</summary>
    /// <exception cref="DataException">Foreign magic, sizes out of range, truncated, or longer than its header says.</exception>
    public static IdxFile Read(DataFile file, int dimensions)
    {
        var headerBytes = 4 + 4 * dimensions;
        var header = file.Read(headerBytes);
        var length = ValuesIn(file, header, dimensions, out var sizes);
        var all = file.Read(headerBytes + length + 1);
        var found = all.Length - headerBytes;
        if (found < length) throw file.Problem($"is truncated: it has {found} of the {length} bytes that its header promises");
        if (found > length) throw file.Problem($"has more than the {length} bytes that its header promises");
        return new(file.Name, sizes, all[headerBytes..]);
    }

    private static int ValuesIn(DataFile file, byte[] header, int dimensions, out int[] sizes)
    {
        var magic = (UnsignedBytes << 8) | dimensions;
        if (header.Length < 4) throw file.Problem($"has {header.Length} bytes, expected an IDX header of {4 + 4 * dimensions}");
        if (BinaryPrimitives.ReadInt32BigEndian(header) is var found && found != magic)
            throw file.Problem($"starts with 0x{found:X8}, expected 0x{magic:X8} (IDX, unsigned bytes, {dimensions} dimensions)");
        if (header.Length < 4 + 4 * dimensions) throw file.Problem($"has {header.Length} bytes, expected an IDX header of {4 + 4 * dimensions}");
        sizes = [.. Enumerable.Range(1, dimensions).Select(i => BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 * i)))];
        return Product(sizes) ?? throw file.Problem($"claims sizes {string.Join("x", sizes)}, expected each at least 1 and at most {DataFile.MaximumBytes} bytes in all");
    }

    private static int? Product(int[] sizes)
    {
        long product = 1;
        foreach (var size in sizes)
        {
            if (size < 1) return null;
            product *= size;
            if (product > DataFile.MaximumBytes) return null;
        }

        return (int)product;
    }
}
