namespace AutoSlim.Training.Data;

/// <summary>A random part of an image, to be scaled to the network's size.</summary>
/// <param name="LeastArea">Of the image, above 0 and at most 1; the most is all of it.</param>
/// <param name="MostAspect">Width by height, or height by width, at least 1.</param>
internal sealed record RandomCrop(double LeastArea, double MostAspect)
{
    private const int Attempts = 10;

    public static RandomCrop ImageNet { get; } = new(LeastArea: 0.25, MostAspect: 4.0 / 3);

    /// <summary>Area and logarithm of the aspect are uniform; where ten draws do not fit, the largest part in the centre that keeps the aspect.</summary>
    public ImageWindow Draw(ref SplitMix64 random, int width, int height)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (double)width * height * (LeastArea + (1 - LeastArea) * random.Unit());
            var aspect = Math.Pow(MostAspect, 2 * random.Unit() - 1);
            var (columns, rows) = ((int)Math.Round(Math.Sqrt(area * aspect)), (int)Math.Round(Math.Sqrt(area / aspect)));
            if (columns < 1 || columns > width || rows < 1 || rows > height) continue;
            return new(random.Below(width - columns + 1), random.Below(height - rows + 1), columns, rows);
        }

        return Centre(width, height);
    }

    private ImageWindow Centre(int width, int height)
    {
        var columns = Math.Clamp((int)Math.Round(height * MostAspect), 1, width);
        var rows = Math.Clamp((int)Math.Round(width * MostAspect), 1, height);
        return new((width - columns) / 2, (height - rows) / 2, columns, rows);
    }
}
