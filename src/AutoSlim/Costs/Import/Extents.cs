namespace AutoSlim.Costs.Import;

/// <summary>Sizes that an operator can have: a file may say any number, and products of them must stay numbers.</summary>
internal static class Extents
{
    public const int MaximumChannels = 32_768;
    public const int MaximumPixels = 2048;
    public const int MaximumKernel = 31;

    public static bool IsChannels(object? value, out int channels) => IsWithin(value, MaximumChannels, out channels);

    public static bool IsPixels(object? value, out int pixels) => IsWithin(value, MaximumPixels, out pixels);

    public static bool IsKernel(object? value, out int size) => IsWithin(value, MaximumKernel, out size);

    /// <summary>1 to <paramref name="maximum"/>.</summary>
    private static bool IsWithin(object? value, int maximum, out int found)
    {
        found = value is long number && number >= 1 && number <= maximum ? (int)number : 0;
        return found > 0;
    }
}
