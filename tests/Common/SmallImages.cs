using System.Buffers.Binary;
using AutoSlim.Training.Data;

namespace AutoSlim.Tests.Common;

/// <summary>A few of the embedded images as an IDX folder.</summary>
internal static class SmallImages
{
    /// <param name="folder">Is created.</param>
    /// <param name="training">Number of training images.</param>
    public static void Write(string folder, int training = 300)
    {
        Directory.CreateDirectory(folder);
        var data = EmbeddedImages.Load();
        foreach (var (name, images) in new[] { ("train", data.Training.Take(training)), ("t10k", data.Test.Take(100)) })
        {
            File.WriteAllBytes(Path.Combine(folder, $"{name}-images-idx3-ubyte"), [.. Header(0x803, images.Count, 28, 28), .. images.Pixels]);
            File.WriteAllBytes(Path.Combine(folder, $"{name}-labels-idx1-ubyte"), [.. Header(0x801, images.Count), .. images.Labels.ToArray().Select(label => (byte)label)]);
        }
    }

    private static byte[] Header(params int[] numbers)
    {
        var bytes = new byte[numbers.Length * sizeof(int)];
        foreach (var (index, number) in numbers.Index()) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(index * sizeof(int)), number);
        return bytes;
    }
}
