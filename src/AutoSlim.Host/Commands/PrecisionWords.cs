using AutoSlim.Training.Supernets;

namespace AutoSlim.Host.Commands;

/// <summary>Precisions as the command line writes them.</summary>
internal static class PrecisionWords
{
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<Precision>().Select(Of)];

    public static string Of(Precision precision) => precision == Precision.Bfloat16 ? "bfloat16" : "float32";

    /// <summary>The precision that <paramref name="word"/> spells, or null.</summary>
    public static Precision? Parse(string word) => All.Contains(word) ? Enum.Parse<Precision>(word, ignoreCase: true) : null;
}
