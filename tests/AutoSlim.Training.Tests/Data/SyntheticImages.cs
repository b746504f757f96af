using AutoSlim.Training.Data;

namespace AutoSlim.Training.Tests.Data;

/// <summary>Small image sets whose pixels tell which image they came from.</summary>
internal static class SyntheticImages
{
    /// <summary>Image i is filled with the value i; labels cycle through three classes, the first of which is twice as frequent.</summary>
    public static ImageSet Numbered(int count, int channels = 1, int size = 4) => new(
        "training", channels, size, size, ["often", "rare", "rarer"],
        [.. Enumerable.Range(0, count).SelectMany(i => Enumerable.Repeat((byte)i, channels * size * size))],
        [.. Enumerable.Range(0, count).Select(i => i % 4 < 2 ? 0 : i % 4 - 1)]);

    /// <summary>One image whose pixels count upwards from 1.</summary>
    public static ImageSet Ramp(int channels, int size) => new(
        "training", channels, size, size, ["only"], [.. Enumerable.Range(1, channels * size * size).Select(value => (byte)value)], [0]);

    /// <summary>The number of each image of a set made by <see cref="Numbered"/>.</summary>
    public static int[] Numbers(ImageSource images) => [.. Enumerable.Range(0, images.Count).Select(i => (int)((ImageSet)images).Image(i)[0])];
}
