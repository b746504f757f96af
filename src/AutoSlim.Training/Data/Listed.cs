namespace AutoSlim.Training.Data;

/// <summary>Names in a sentence, of which there may be many.</summary>
internal static class Listed
{
    private const int NamesShown = 5;

    public static string Of(IReadOnlyList<string> names) =>
        $"{string.Join(", ", names.Take(NamesShown))}{(names.Count > NamesShown ? $" and {names.Count - NamesShown} more" : "")}";
}
