using System.Diagnostics;

namespace AutoSlim.Files;

/// <summary>
/// A file that one process changes for long, and no other meanwhile. The claim is a lock on a hidden file beside it, which the system takes back
/// from a process that is killed.
/// </summary>
public sealed class FileClaim : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>As Linux, macOS and Windows number it; a full disk is told as what it is.</summary>
    private static readonly int[] Taken = [11, 35, unchecked((int)0x80070020)];

    private readonly FileStream held;

    private FileClaim(FileStream held) => this.held = held;

    /// <summary>How long to wait for a process that is about to end: a step of a job notices within seconds that its host was killed, and a new host begins it again.</summary>
    public static TimeSpan UsualPatience { get; } = TimeSpan.FromSeconds(10);

    /// <param name="path">Of the file, which need not be there yet; its folder is created when missing.</param>
    /// <param name="patience">How long to wait for whoever has it.</param>
    /// <exception cref="IOException">Somebody keeps it; says what to do.</exception>
    public static FileClaim Take(string path, TimeSpan patience)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        for (var clock = Stopwatch.StartNew(); ; Thread.Sleep(Pause))
        {
            try
            {
                return new(new(Path.Combine(folder, $".{Path.GetFileName(path)}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException taken) when (Taken.Contains(taken.HResult))
            {
                if (clock.Elapsed >= patience) throw new IOException($"another autoslim works on '{path}' ({taken.Message.TrimEnd('.')}); wait until it has ended, or stop it", taken);
            }
        }
    }

    public void Dispose() => held.Dispose();
}
