using System.Globalization;
using System.Text;

namespace AutoSlim.Agent.Conditions;

/// <summary>The small files in which a Linux system shows its state. What cannot be read is absent: a driver may answer with any error at any time.</summary>
internal static class SystemFiles
{
    private const int MaximumBytes = 256;

    /// <summary>The first line without the space around it; null when it is empty, longer than any such file, or cannot be read.</summary>
    public static string? Text(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Span<byte> content = stackalloc byte[MaximumBytes];
            var length = RandomAccess.Read(file, content, 0);
            var line = length == MaximumBytes ? "" : Encoding.UTF8.GetString(content[..length]).Split('\n')[0].Trim();
            return line.Length == 0 || line.Any(char.IsControl) ? null : line;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A whole number, or null.</summary>
    public static long? Number(string path) =>
        long.TryParse(Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>What a folder holds that begins with <paramref name="prefix"/>, in the order of its numbers; empty when the folder cannot be read.</summary>
    public static IReadOnlyList<string> Entries(string folder, string prefix = "")
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder, prefix + "*").OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
