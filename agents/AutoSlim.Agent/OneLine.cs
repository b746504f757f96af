namespace AutoSlim.Agent;

/// <summary>An error's message as one line of bounded length, for logs and answers.</summary>
internal static class OneLine
{
    private const int MaximumLength = 500;

    public static string Of(Exception error)
    {
        var line = string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaximumLength ? line : line[..MaximumLength];
    }
}
