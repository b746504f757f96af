using AutoSlim.Training.Data;
using SkiaSharp;

namespace AutoSlim.Training.Tests.Data;

public sealed class ImageFileTests
{
    private const int Size = 16;

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, 0)]
    [InlineData(SKEncodedImageFormat.Jpeg, 3)]
    public void Colours_come_out_as_planes_of_red_green_and_blue(SKEncodedImageFormat format, int tolerance)
    {
        var pixels = Read(Pictures.Plain(new(200, 100, 50), format: format));
        foreach (var (plane, expected) in new[] { 200, 100, 50 }.Index())
            Assert.All(pixels[(plane * Size * Size)..((plane + 1) * Size * Size)], value => Assert.InRange(value, expected - tolerance, expected + tolerance));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void A_large_image_shows_the_same_as_a_small_one(SKEncodedImageFormat format)
    {
        var (small, large) = (Read(Pictures.Ramp(64, 64, format)), Read(Pictures.Ramp(1024, 1024, format)));
        Assert.All(small.Zip(large), pair => Assert.InRange(pair.First - pair.Second, -8, 8));
    }

    [Fact]
    public void A_window_shows_its_part_only()
    {
        using var file = ImageFile.Of(Pictures.Ramp(256, 256), out _)!;
        var pixels = new byte[3 * Size * Size];
        Assert.Null(file.Read(new(128, 0, 64, 32), Size, pixels));
        Assert.All(pixels[..(Size * Size)], red => Assert.InRange(red, 126, 194));
        Assert.All(pixels[(Size * Size)..(2 * Size * Size)], green => Assert.InRange(green, 0, 34));
    }

    [Fact]
    public void The_usual_view_is_the_centre_of_the_shorter_side() => Assert.Equal(new ImageWindow(86, 23, 328, 328), ImageWindow.Centre(500, 375));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 300)]
    [InlineData(300, 1)]
    [InlineData(17, 9)]
    public void Tiny_and_thin_images_are_shown_too(int width, int height)
    {
        Assert.Equal(3 * Size * Size, Read(Pictures.Plain(new(9, 9, 9), width, height)).Count(value => value == 9));
    }

    [Fact]
    public void Another_kind_of_image_is_refused_by_its_bytes()
    {
        Assert.Null(ImageFile.Of(Pictures.Plain(new(1, 2, 3), format: SKEncodedImageFormat.Webp), out var problem));
        Assert.Equal("is a Webp image, expected JPEG or PNG", problem);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public void A_truncated_file_is_told(SKEncodedImageFormat format)
    {
        var bytes = Pictures.Noise(60, 60, seed: 1, format);
        using var file = ImageFile.Of(bytes[..(bytes.Length * 2 / 3)], out _)!;
        Assert.Equal("is truncated", file.Read(new(0, 0, 60, 60), Size, new byte[3 * Size * Size]));
    }

    [Fact]
    public void Files_that_hold_no_image_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        folder.Write("empty.jpg", []);
        folder.Write("text.jpg", "this is text"u8.ToArray());
        Assert.Equal(["is empty", "is no image, or ends within its header"], new[] { "empty.jpg", "text.jpg" }.Select(name => Problem(folder.PathOf(name))));
        Assert.StartsWith("cannot be read (", Problem(folder.PathOf("missing.jpg")), StringComparison.Ordinal);
    }

    private static string Problem(string path)
    {
        Assert.Null(ImageFile.Open(path, out var problem));
        return problem!;
    }

    private static byte[] Read(byte[] bytes)
    {
        using var file = ImageFile.Of(bytes, out var problem);
        Assert.Null(problem);
        var pixels = new byte[3 * Size * Size];
        Assert.Null(file!.Read(ImageWindow.Centre(file.Width, file.Height), Size, pixels));
        return pixels;
    }
}
