using System.Text;

namespace AutoSlim.Host.Dashboard.Reading;

/// <summary>The end of a log that grows.</summary>
internal static class LogTail
{
    /// <summary>Whole lines of the last bytes; empty where there is no file.</summary>
    /// <param name="path">Of the log.</param>
    /// <param name="maximumBytes">To read.</param>
    public static string Read(string path, int maximumBytes)
    {
        if (!File.Exists(path)) return "";
        using var log = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var isCut = log.Length > maximumBytes;
        if (isCut) log.Seek(-maximumBytes, SeekOrigin.End);
        using var reader = new StreamReader(log, Encoding.UTF8);
        var text = reader.ReadToEnd();
        return isCut ? text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..] : text;
    }
}
