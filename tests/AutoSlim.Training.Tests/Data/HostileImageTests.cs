using System.Buffers.Binary;
using System.IO.Hashing;
using AutoSlim.Training.Data;
using CsCheck;
using SkiaSharp;

namespace AutoSlim.Training.Tests.Data;

public sealed class HostileImageTests
{
    private const int Size = 8;

    private static readonly byte[][] Whole = [Pictures.Noise(33, 21, 5, SKEncodedImageFormat.Jpeg), Pictures.Noise(33, 21, 5, SKEncodedImageFormat.Png)];

    /// <summary>Without the last bytes, which are checksums and end marks, every pixel is still there.</summary>
    private const int BytesAfterThePixels = 64;

    [Fact]
    public void No_file_that_ends_early_passes_for_an_image() =>
        Gen.Select(Gen.OneOfConst(Whole), Gen.Double[0, 1]).Sample(
            (whole, share) => Assert.NotNull(ProblemOf(whole[..(int)(share * (whole.Length - BytesAfterThePixels))])),
            iter: 300);

    [Fact]
    public void Damaged_bytes_give_an_image_or_a_reason_and_the_same_ones_each_time() =>
        Gen.Select(Gen.OneOfConst(Whole), Gen.Select(Gen.Double[0, 1], Gen.Byte).Array[1, 12]).Sample(
            (whole, changes) =>
            {
                byte[] damaged = [.. whole];
                foreach (var (place, value) in changes) damaged[(int)(place * (damaged.Length - 1))] = value;
                byte[] first = new byte[3 * Size * Size], second = new byte[3 * Size * Size];
                Assert.Equal(ProblemOf(damaged, first), ProblemOf(damaged, second));
                Assert.Equal(first, second);
            },
            iter: 300);

    [Fact]
    public void Arbitrary_bytes_are_refused() => Gen.Byte.Array[1, 200].Sample(bytes => Assert.NotNull(ProblemOf(bytes)), iter: 300);

    /// <summary>A sound PNG header of a few bytes that would take gigabytes to decode.</summary>
    [Theory]
    [InlineData(65_000, 65_000)]
    [InlineData(1_000_000, 68)]
    [InlineData(8193, 8192)]
    public void A_header_that_claims_too_many_pixels_is_refused_before_memory_is_taken(int width, int height)
    {
        var bomb = Whole[1].ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Crc32.HashToUInt32(bomb.AsSpan(12, 17)));
        Assert.Equal($"claims {width}x{height} pixels, more than the {ImageFile.MaximumPixels} that are believed", ProblemOf(bomb));
    }

    private static string? ProblemOf(byte[] bytes) => ProblemOf(bytes, new byte[3 * Size * Size]);

    private static string? ProblemOf(byte[] bytes, byte[] pixels)
    {
        using var file = ImageFile.Of(bytes, out var problem);
        return file is null ? problem : file.Read(ImageWindow.Centre(file.Width, file.Height), Size, pixels);
    }
}
