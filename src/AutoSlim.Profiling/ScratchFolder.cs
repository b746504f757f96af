namespace AutoSlim.Profiling;

/// <summary>
/// A temporary folder, its owner's alone, that is deleted with this object. What a process that was killed left behind is deleted by the next that
/// makes one of the same prefix: the lock beside it is nobody's then.
/// </summary>
public sealed class ScratchFolder : IDisposable
{
    private const string LockEnding = ".lock";
    private const int Attempts = 3;

    private readonly FileStream inUse;

    /// <param name="prefix">Begins its name.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public ScratchFolder(string prefix)
    {
        DeleteAbandoned(prefix);
        inUse = Lock(prefix);
        Path = inUse.Name[..^LockEnding.Length];
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>In the system's temporary folder, or in that of TMPDIR.</summary>
    public string Path { get; }

    public void Dispose()
    {
        if (Directory.Exists(Path)) Directory.Delete(Path, recursive: true);
        inUse.Dispose();
    }

    /// <summary>Another process may take a new lock for an abandoned one, in the moment before it is held.</summary>
    private static FileStream Lock(string prefix)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Open(System.IO.Path.Combine(System.IO.Path.GetTempPath(), prefix + System.IO.Path.GetRandomFileName() + LockEnding), FileMode.CreateNew);
            }
            catch (IOException) when (attempt < Attempts)
            {
            }
        }
    }

    private static void DeleteAbandoned(string prefix)
    {
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.GetTempPath(), $"{prefix}*{LockEnding}"))
        {
            try
            {
                using var abandoned = Open(file, FileMode.Open);
                if (Directory.Exists(file[..^LockEnding.Length])) Directory.Delete(file[..^LockEnding.Length], recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // In use, or another user's.
            }
        }
    }

    private static FileStream Open(string file, FileMode mode) => new(file, mode, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
}
