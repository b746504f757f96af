using AutoSlim.Training.Data;

namespace AutoSlim.Benchmarks.Search;

/// <summary>Images of another size, each pixel that of the nearest one: real images at a resolution that the data set does not have.</summary>
internal static class Enlargement
{
    public static ImageSet Of(ImageSet images, int resolution)
    {
        if (images.Height == resolution && images.Width == resolution) return images;
        var pixels = new byte[(long)images.Count * images.Channels * resolution * resolution];
        for (var index = 0; index < images.Count; index++)
            Enlarge(images.Image(index), images, resolution, pixels.AsSpan(index * images.Channels * resolution * resolution));
        return new(images.Name, images.Channels, resolution, resolution, images.ClassNames, pixels, images.Labels.ToArray());
    }

    private static void Enlarge(ReadOnlySpan<byte> source, ImageSet images, int resolution, Span<byte> target)
    {
        for (var position = 0; position < images.Channels * resolution * resolution; position++)
        {
            var (channel, rest) = Math.DivRem(position, resolution * resolution);
            var (row, column) = Math.DivRem(rest, resolution);
            target[position] = source[((channel * images.Height) + row * images.Height / resolution) * images.Width + column * images.Width / resolution];
        }
    }
}
