namespace AutoSlim.Training.Data;

/// <summary>Random brightness, contrast and saturation, in random order, each by a factor of up to <paramref name="Strength"/> more or less.</summary>
/// <param name="Strength">0 to 1.</param>
internal sealed record ColourJitter(double Strength)
{
    private const int Levels = 256;
    private const int Adjustments = 3;

    public static ColourJitter ImageNet { get; } = new(0.4);

    /// <param name="pixels">3 x height x width.</param>
    public void Apply(Span<byte> pixels, ref SplitMix64 random)
    {
        Span<int> order = [0, 1, 2];
        random.Shuffle(order);
        for (var i = 0; i < Adjustments; i++)
        {
            var factor = 1 + Strength * (2 * random.Unit() - 1);
            if (order[i] == 0) Stretch(pixels, 0, factor);
            else if (order[i] == 1) Stretch(pixels, MeanGrey(pixels), factor);
            else Saturate(pixels, factor);
        }
    }

    /// <summary>Brightness about 0, contrast about the mean.</summary>
    private static void Stretch(Span<byte> pixels, double about, double factor)
    {
        Span<byte> table = stackalloc byte[Levels];
        for (var level = 0; level < Levels; level++) table[level] = Byte(about + (level - about) * factor);
        foreach (ref var value in pixels) value = table[value];
    }

    private static void Saturate(Span<byte> pixels, double factor)
    {
        var area = pixels.Length / 3;
        Span<byte> red = pixels[..area], green = pixels[area..(2 * area)], blue = pixels[(2 * area)..];
        for (var i = 0; i < red.Length; i++)
        {
            var grey = Grey(red[i], green[i], blue[i]);
            red[i] = Byte(grey + (red[i] - grey) * factor);
            green[i] = Byte(grey + (green[i] - grey) * factor);
            blue[i] = Byte(grey + (blue[i] - grey) * factor);
        }
    }

    private static double MeanGrey(Span<byte> pixels)
    {
        var area = pixels.Length / 3;
        return Grey(Sum(pixels[..area]), Sum(pixels[area..(2 * area)]), Sum(pixels[(2 * area)..])) / area;
    }

    private static long Sum(Span<byte> values)
    {
        var sum = 0L;
        foreach (var value in values) sum += value;
        return sum;
    }

    /// <summary>As television weighs the three (ITU-R BT.601).</summary>
    private static double Grey(double red, double green, double blue) => 0.299 * red + 0.587 * green + 0.114 * blue;

    private static byte Byte(double value) => (byte)(Math.Clamp(value, 0, Levels - 1) + 0.5);
}
