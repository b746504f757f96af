using System.Runtime.InteropServices;

namespace AutoSlim.Training.Checkpoints;

/// <summary>One tensor of a safetensors file: element type, shape, and little-endian elements in row-major order.</summary>
public sealed class StoredTensor
{
    /// <exception cref="ArgumentException">A negative size, or another number of bytes than type and shape make.</exception>
    public StoredTensor(ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> bytes)
    {
        (Type, Shape, Bytes) = (type, shape, bytes);
        if (ByteCount(type, shape) is not { } expected || expected != bytes.Length)
            throw new ArgumentException($"{type} of shape [{string.Join(", ", shape)}] does not have {bytes.Length} bytes", nameof(bytes));
    }

    public ElementType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    public static StoredTensor Of(IReadOnlyList<long> shape, ReadOnlySpan<float> values) => new(ElementType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    public static StoredTensor Of(IReadOnlyList<long> shape, ReadOnlySpan<long> values) => new(ElementType.I64, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <exception cref="InvalidOperationException">The elements are of another type.</exception>
    public ReadOnlySpan<float> AsFloats() => Elements<float>(ElementType.F32);

    /// <inheritdoc cref="AsFloats"/>
    public ReadOnlySpan<long> AsLongs() => Elements<long>(ElementType.I64);

    /// <summary>Elements of any floating-point type, widened to 32 bits where they are narrower.</summary>
    /// <exception cref="InvalidOperationException">The elements are whole numbers.</exception>
    public float[] ToFloats() => Type switch
    {
        ElementType.F16 => [.. Narrow<Half>().Select(value => (float)value)],
        ElementType.BF16 => [.. Narrow<ushort>().Select(bits => BitConverter.UInt32BitsToSingle((uint)bits << 16))],
        _ => AsFloats().ToArray(),
    };

    /// <summary>Null when a size is negative or the product is above what an array can hold.</summary>
    internal static int? ByteCount(ElementType type, IReadOnlyList<long> shape)
    {
        if (shape.Any(size => size < 0)) return null;
        if (shape.Contains(0)) return 0;
        long bytes = type.Bytes();
        foreach (var size in shape)
        {
            if (size > Array.MaxLength / bytes) return null;
            bytes *= size;
        }

        return (int)bytes;
    }

    private T[] Narrow<T>()
        where T : struct => MemoryMarshal.Cast<byte, T>(Bytes.Span).ToArray();

    private ReadOnlySpan<T> Elements<T>(ElementType type)
        where T : struct =>
        Type == type ? MemoryMarshal.Cast<byte, T>(Bytes.Span) : throw new InvalidOperationException($"the tensor is {Type}, expected {type}");
}
