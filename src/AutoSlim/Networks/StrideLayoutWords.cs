namespace AutoSlim.Networks;

/// <summary>How commands and files spell a <see cref="StrideLayout"/>, and what each layout means where nothing else is said.</summary>
public static class StrideLayoutWords
{
    /// <summary><c>imagenet</c> and <c>cifar</c>.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<StrideLayout>().Select(Word)];

    public static string Word(this StrideLayout layout) => layout == StrideLayout.Cifar ? "cifar" : "imagenet";

    /// <summary>The layout that <paramref name="word"/> spells, or null.</summary>
    public static StrideLayout? Parse(string word) => All.Contains(word) ? Enum.Parse<StrideLayout>(word, ignoreCase: true) : null;

    /// <summary>Pixels on each side of the data set's images.</summary>
    public static int UsualResolution(this StrideLayout layout) => layout == StrideLayout.Cifar ? 32 : 224;

    public static int UsualClasses(this StrideLayout layout) => layout == StrideLayout.Cifar ? 10 : 1000;
}
