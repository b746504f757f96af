using static TorchSharp.torch;

namespace AutoSlim.Training.Native;

/// <summary>The torch runtime of this process.</summary>
public static class TorchRuntime
{
    /// <summary>
    /// Loads torch, which must happen before a program's first torch call of its own, and fixes its threads: results repeat
    /// bit by bit only for one number of threads.
    /// </summary>
    public static void Load(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        set_num_threads(threads);
    }
}
