using System.Buffers.Binary;

namespace AutoSlim.Training.Tests.Data;

/// <summary>IDX files as the format's description has them, written without the code under test.</summary>
internal static class IdxBytes
{
    public static byte[] Of(IReadOnlyList<int> sizes, byte[] values) => [0, 0, 8, (byte)sizes.Count, .. sizes.SelectMany(BigEndian), .. values];

    public static byte[] Images(int count, int height = 2, int width = 3) =>
        Of([count, height, width], [.. Enumerable.Range(0, count * height * width).Select(i => (byte)i)]);

    public static byte[] Labels(int count) => Of([count], [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))]);

    /// <summary>Three training and two test images of 2x3.</summary>
    public static void WriteFolder(TemporaryFolder folder)
    {
        folder.Write("train-images-idx3-ubyte", Images(3));
        folder.WriteGzipped("train-labels-idx1-ubyte", Labels(3));
        folder.WriteGzipped("t10k-images-idx3-ubyte", Images(2));
        folder.Write("t10k-labels-idx1-ubyte", Labels(2));
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
