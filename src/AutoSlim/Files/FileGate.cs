using System.Security.Cryptography;
using System.Text;

namespace AutoSlim.Files;

/// <summary>Lets one thread of one process at a time change a file, on this machine: others wait. Readers need none, for files are replaced whole.</summary>
internal sealed class FileGate : IDisposable
{
    private readonly Mutex mutex;

    private FileGate(Mutex mutex) => this.mutex = mutex;

    /// <summary>Waits for its turn; to be left by the same thread.</summary>
    public static FileGate Enter(string path)
    {
        var mutex = new Mutex(initiallyOwned: false, @"Global\autoslim-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(path))))[..32]);
        try
        {
            mutex.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Who had it was killed: the file is whole, as it was or as it became.
        }

        return new(mutex);
    }

    public void Dispose()
    {
        mutex.ReleaseMutex();
        mutex.Dispose();
    }
}
