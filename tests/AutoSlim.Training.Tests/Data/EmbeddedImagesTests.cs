using System.Diagnostics;
using System.Security.Cryptography;
using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

public sealed class EmbeddedImagesTests
{
    private static readonly ImageData Data = EmbeddedImages.Load();

    [Fact]
    public void Counts_and_sizes_are_as_documented()
    {
        Assert.Equal((16_000, 5_000), (Data.Training.Count, Data.Test.Count));
        Assert.All([Data.Training, Data.Test], set => Assert.Equal((1, 28, 28, 10), (set.Channels, set.Height, set.Width, set.Classes)));
    }

    [Fact]
    public void Every_class_is_about_a_tenth()
    {
        Assert.All([Data.Training, Data.Test], set =>
            Assert.All(set.Labels.ToArray().CountBy(label => label), it => Assert.InRange(it.Value, set.Count * 0.09, set.Count * 0.11)));
        Assert.Equal(10, Data.Test.Labels.ToArray().Distinct().Count());
    }

    /// <summary>Checksums of the official files' first images, computed apart from the code under test.</summary>
    [Fact]
    public void Pixels_and_labels_are_those_of_the_official_files()
    {
        Assert.Equal("504955b9a5111849ab7cb4e010bcdabccecbc4b4fde6cb7a634c39a4d06e4650", Hash(Data.Training.Pixels));
        Assert.Equal("571a02eda1acfa3dcd5ac10ad667c8e6caa21f44f5ba9c4d78aec4197c13e348", Hash(Bytes(Data.Training.Labels)));
        Assert.Equal("c7c2d66209217610bf8347d049b05c89ed290d13d9e0c432aeb984c411bc669e", Hash(Data.Test.Pixels));
        Assert.Equal("aebe8004dad5b3e205df8e56cbe590cbda22479c4a1eb99d19c9482a9da8748d", Hash(Bytes(Data.Test.Labels)));
    }

    [Fact]
    public void The_files_keep_their_size_limits()
    {
        var assembly = typeof(EmbeddedImages).Assembly;
        var sizes = assembly.GetManifestResourceNames().Select(name => assembly.GetManifestResourceStream(name)!.Length).ToList();
        Assert.All(sizes, bytes => Assert.InRange(bytes, 1, 2 << 20));
        Assert.InRange(sizes.Sum(), 1, 8 << 20);
    }

    [Fact]
    public void Loading_takes_no_noticeable_time()
    {
        var watch = Stopwatch.StartNew();
        EmbeddedImages.Load();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static byte[] Bytes(ReadOnlySpan<int> labels) => [.. labels.ToArray().Select(label => (byte)label)];

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
