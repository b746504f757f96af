using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace AutoSlim.Training.Native;

/// <summary>The torch runtime of this process and its threads.</summary>
public static class TorchRuntime
{
    private static int threads = 1;

    /// <summary>Jobs at a time.</summary>
    private static int lanes = 1;
    private static int wasChecked;

    /// <summary>What this thread may use while it works for <see cref="SideBySide"/>; 0 elsewhere.</summary>
    [ThreadStatic]
    private static int share;

    /// <summary>
    /// Loads torch, which must happen before a program's first torch call of its own, and fixes its threads: results repeat
    /// bit by bit only for one number of threads, and only on the processor.
    /// </summary>
    /// <param name="threads">At least 1.</param>
    /// <param name="device">What the program's networks will live on; null for the processor.</param>
    /// <exception cref="ComputeDeviceException">This machine, or this build, does not have the device, or torch computes wrongly on this processor.</exception>
    public static void Load(int threads, ComputeDevice? device = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        NativeHeap.KeepFreedMemory();
        TorchLibrary.LoadElsewhere();
        if (device?.Gpu is not null) PrepareGpu(device);
        Share(threads, device?.Gpu is null ? threads : 1);
        if (Interlocked.Exchange(ref wasChecked, 1) == 0) SoundKernels.Require();
    }

    internal static void Share(int threads, int lanes)
    {
        (TorchRuntime.threads, TorchRuntime.lanes) = (threads, lanes);
        set_num_threads(threads);
    }

    /// <summary>
    /// TorchSharp cannot hold torch to kernels that repeat: on a GPU two runs of one seed may differ in the last bits.
    /// As it comes, torch rounds the factors of 32-bit convolutions to 10 bits of mantissa on a GPU; precision is to be
    /// what was asked for.
    /// </summary>
    private static void PrepareGpu(ComputeDevice device)
    {
        if (FoundGpus.OnThisMachine().Problem(device) is string problem) throw new ComputeDeviceException(problem);
        (backends.cudnn.allow_tf32, backends.cuda.matmul.allow_tf32) = (false, false);
    }

    /// <summary>
    /// Runs independent jobs next to each other, each with its share of the threads. On the small tensors of slim networks two
    /// jobs on a thread each take little more than half the time of both on two threads (one step at the widest: 105 to 160 ms on
    /// one thread, 115 ms on two), and an operator on one thread never waits, spinning, for a second one that other work holds up.
    /// On a GPU they run one after another: its kernels queue up in one row whoever asks for them, torch goes back over all graphs of
    /// a GPU on one thread, and jobs side by side would only need their memory at the same time.
    /// </summary>
    /// <param name="jobs">Begun in this order. A job may itself run jobs side by side, with what its thread has.</param>
    /// <param name="shares">Jobs that the threads are shared out to where there are fewer: what was computed on another number of threads differs in its last bits.</param>
    public static void SideBySide(IReadOnlyList<Action> jobs, int shares = 1)
    {
        var available = share > 0 ? share : threads;
        var most = Math.Max(1, Math.Min(available, lanes));
        var each = available / Math.Min(most, Math.Max(1, Math.Max(jobs.Count, shares)));
        var workers = Math.Clamp(jobs.Count, 1, most);
        var queue = new ConcurrentQueue<Action>(jobs);
        try
        {
            var isWorker = share > 0;
            var rented = Enumerable.Range(0, isWorker ? workers - 1 : workers).Select(_ => LaneThread.Run(() => Work(queue, each))).ToArray();
            try
            {
                if (isWorker) Work(queue, each);
            }
            finally
            {
                Task.WaitAll(rented);
            }
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }
        finally
        {
            set_num_threads(available);
        }
    }

    /// <summary>Gives unused memory back to the system, between stages: what one of them freed is otherwise kept for its next tensor.</summary>
    public static void ReleaseMemory() => NativeHeap.Trim();

    /// <summary>
    /// Reads the number before it sets it: a thread's first look at it would otherwise come later and bring in what another thread set.
    /// When a job fails, those not yet begun are dropped.
    /// </summary>
    private static void Work(ConcurrentQueue<Action> queue, int threads)
    {
        var outer = share;
        share = threads;
        _ = get_num_threads();
        set_num_threads(threads);
        try
        {
            while (queue.TryDequeue(out var job)) job();
        }
        catch
        {
            queue.Clear();
            throw;
        }
        finally
        {
            share = outer;
        }
    }
}
