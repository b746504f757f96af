using System.Text.RegularExpressions;

namespace AutoSlim.Agent;

/// <summary>An error's message as one line of bounded length, for logs and answers: without colours and other control characters, which a host refuses.</summary>
internal static partial class OneLine
{
    private const int MaximumLength = 500;

    public static string Of(Exception error)
    {
        var plain = string.Concat(Colour().Replace(error.Message, "").Select(letter => char.IsControl(letter) ? ' ' : letter));
        var line = string.Join(' ', plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaximumLength ? line : line[..MaximumLength];
    }

    [GeneratedRegex(@"\x1B\[[0-9;]*[A-Za-z]", RegexOptions.CultureInvariant)]
    private static partial Regex Colour();
}
