namespace AutoSlim.Networks;

/// <summary>Finds the known name that a misspelt one most likely means.</summary>
public static class NearestName
{
    /// <summary>The nearest of <paramref name="known"/>, letter case and separators aside, or null when none is within a third of its letters.</summary>
    public static string? Of(string name, IEnumerable<string> known) => known
        .Select(candidate => (Name: candidate, Edits: Edits(Letters(name), Letters(candidate))))
        .Where(candidate => candidate.Edits * 3 <= candidate.Name.Length)
        .OrderBy(candidate => candidate.Edits)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary><c>; did you mean 'x'?</c>, or nothing when no name is near.</summary>
    public static string Hint(string name, IEnumerable<string> known) => Of(name, known) is string nearest ? $"; did you mean '{nearest}'?" : "";

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>Insertions, deletions and replacements from one word to the other (Levenshtein).</summary>
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
