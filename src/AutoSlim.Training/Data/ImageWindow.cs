namespace AutoSlim.Training.Data;

/// <summary>A rectangle of an image, in whole pixels, at least one each way.</summary>
internal readonly record struct ImageWindow(int Left, int Top, int Width, int Height)
{
    /// <summary>Of the shorter side, what a test image shows: it is scaled to 256 and 224 are cut from its centre.</summary>
    private const double ShownOfShorterSide = 224.0 / 256;

    /// <summary>The square in the centre that is shown where nothing is random.</summary>
    public static ImageWindow Centre(int width, int height)
    {
        var side = Math.Max(1, (int)Math.Round(Math.Min(width, height) * ShownOfShorterSide));
        return new((width - side) / 2, (height - side) / 2, side, side);
    }

    /// <summary>The same part of the image when it is this large instead.</summary>
    public ImageWindow Scaled(double horizontally, double vertically, int width, int height)
    {
        var (left, top) = (Math.Min((int)(Left * horizontally), width - 1), Math.Min((int)(Top * vertically), height - 1));
        return new(left, top, Side(Width * horizontally, width - left), Side(Height * vertically, height - top));
    }

    private static int Side(double pixels, int most) => Math.Clamp((int)Math.Round(pixels), 1, most);
}
