using System.Globalization;
using AutoSlim.Networks;

namespace AutoSlim.Host.Commands;

/// <summary>What the value of <c>--channels</c> says, typed there or in the file that it names: a published list or a channels.json.</summary>
/// <param name="List">At least one number, or null.</param>
/// <param name="File">A channels.json, or null.</param>
internal sealed record ChannelSource(IReadOnlyList<int>? List, ChannelFile? File)
{
    /// <summary>More wrong words than these are no slips: the file is something else.</summary>
    private const int MostSlips = 20;

    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    /// <exception cref="InvalidChannelsException">With every problem.</exception>
    public static ChannelSource Read(string value)
    {
        if (System.IO.File.Exists(value)) return ReadFile(value);
        if (LooksLikeList(value) && !Directory.Exists(value)) return new(Numbers(value, "the channel list"), null);
        var found = Directory.Exists(value) ? "is a folder" : "does not exist";
        throw new InvalidChannelsException([$"file '{value}' {found}; give a comma-separated list, a channels.json or a text file with a list"]);
    }

    private static ChannelSource ReadFile(string path)
    {
        var text = System.IO.File.ReadAllText(path);
        var isJson = text.AsSpan().TrimStart().StartsWith("{") || path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if (!isJson) return new(Numbers(text, $"file '{path}'"), null);
        try
        {
            return new(null, ChannelFile.Parse(text));
        }
        catch (InvalidChannelsException invalid)
        {
            throw new InvalidChannelsException([.. invalid.Problems.Select(problem => $"file '{path}': {problem}")]);
        }
    }

    /// <summary>A path has letters and no comma; a list with a slip in it still has commas.</summary>
    private static bool LooksLikeList(string value) => value.Contains(',') || !value.Any(letter => char.IsLetter(letter) || letter is '/' or '\\');

    private static List<int> Numbers(string text, string where)
    {
        var words = text.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) throw new InvalidChannelsException([$"{where} has no numbers; expected a comma-separated list, classes last"]);
        var problems = words.Index()
            .Where(word => !TryNumber(word.Item, out _))
            .Select(word => $"number {word.Index + 1} of {where} is '{word.Item}', expected a whole number of channels")
            .ToList();
        if (problems.Count > MostSlips || words.Any(word => word.Any(char.IsControl)))
            throw new InvalidChannelsException([$"{where} is no list of channels: {problems.Count:N0} of its {words.Length:N0} words are no whole numbers; give a comma-separated list, classes last, or a channels.json"]);
        if (problems.Count > 0) throw new InvalidChannelsException(problems);
        return [.. words.Select(word => TryNumber(word, out var number) ? number : 0)];
    }

    private static bool TryNumber(string word, out int number) =>
        int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
