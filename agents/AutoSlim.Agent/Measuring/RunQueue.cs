using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace AutoSlim.Agent.Measuring;

/// <summary>
/// How long the threads of this process have waited for a processor while they had work to do. Linux counts it for each of them
/// (<c>/proc/self/task/ID/schedstat</c>): where several threads share work unevenly their processor time tells no disturbance, this does.
/// </summary>
internal sealed class RunQueue : IDisposable
{
    private const string Tasks = "/proc/self/task";
    private const int LongestLine = 64;

    private readonly List<SafeFileHandle> threads;
    private readonly long[] waited;

    private RunQueue(List<SafeFileHandle> threads)
    {
        this.threads = threads;
        waited = new long[threads.Count];
    }

    /// <summary>Of the threads that there are now; null where the system does not count it.</summary>
    public static RunQueue? Open()
    {
        if (!File.Exists("/proc/self/schedstat")) return null;
        var threads = new List<SafeFileHandle>();
        foreach (var task in Directory.EnumerateDirectories(Tasks))
        {
            try
            {
                threads.Add(File.OpenHandle(Path.Combine(task, "schedstat")));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // The thread has ended meanwhile, or the system keeps its counts to itself.
            }
        }

        return threads.Count == 0 ? null : new(threads);
    }

    /// <summary>In all, since each thread began. One that has ended stays at what it had.</summary>
    public long WaitedNanoseconds()
    {
        for (var index = 0; index < threads.Count; index++) waited[index] = Read(threads[index]) ?? waited[index];
        return waited.Sum();
    }

    public void Dispose() => threads.ForEach(thread => thread.Dispose());

    /// <summary>The second of three numbers: processor time, time in the queue, turns.</summary>
    private static long? Read(SafeFileHandle thread)
    {
        Span<byte> line = stackalloc byte[LongestLine];
        try
        {
            var length = RandomAccess.Read(thread, line, fileOffset: 0);
            return long.Parse(Encoding.ASCII.GetString(line[..length]).Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
