namespace AutoSlim.Files;

/// <summary>
/// Files that are either whole or not there: written under another name in the same folder and renamed when complete, so that
/// an interrupted write leaves the old file as it was.
/// </summary>
public static class WholeFile
{
    /// <summary>By the usual rules of .NET a question mark may stand for nothing.</summary>
    private static readonly EnumerationOptions Exactly = new() { MatchType = MatchType.Simple, AttributesToSkip = FileAttributes.None };

    /// <summary>Writes <paramref name="text"/> as UTF-8 without a byte-order mark; the folder is created when missing.</summary>
    public static void WriteText(string path, string text) =>
        Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writer.Write(text);
        });

    /// <summary>Deletes what writes left that their process did not live to end. Only for whom no other process writes the file meanwhile, see <see cref="FileClaim"/>.</summary>
    public static void ForgetInterrupted(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) return;
        foreach (var aside in Directory.GetFiles(folder, $".{Path.GetFileName(path)}.????????.???", Exactly)) File.Delete(aside);
    }

    /// <summary>Writes what <paramref name="content"/> puts into the stream; when it throws, the old file stays.</summary>
    public static void Write(string path, Action<Stream> content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var aside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }
}
