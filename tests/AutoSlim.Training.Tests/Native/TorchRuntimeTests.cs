using System.Collections.Concurrent;
using AutoSlim.Training.Native;
using static TorchSharp.torch;

namespace AutoSlim.Training.Tests.Native;

public sealed class TorchRuntimeTests : IDisposable
{
    public void Dispose() => TorchRuntime.Load(1);

    [Fact]
    public void No_thread_at_all_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => TorchRuntime.Load(0));

    [Theory]
    [InlineData(1, 3, 1)]
    [InlineData(2, 3, 1)]
    [InlineData(4, 2, 2)]
    [InlineData(4, 1, 4)]
    public void Every_job_runs_once_with_its_share_of_the_threads(int threads, int jobs, int share)
    {
        TorchRuntime.Load(threads);
        var ran = new ConcurrentBag<(int Job, int Threads)>();
        TorchRuntime.SideBySide([.. Enumerable.Range(0, jobs).Select<int, Action>(job => () => ran.Add((job, get_num_threads())))]);
        Assert.Equal(Enumerable.Range(0, jobs).Select(job => (job, share)), ran.Order());
        Assert.Equal(threads, get_num_threads());
    }

    [Theory]
    [InlineData(4, 2, 2)]
    [InlineData(4, 9, 1)]
    [InlineData(1, 2, 1)]
    public void A_job_alone_may_be_held_to_the_share_of_several(int threads, int shares, int share)
    {
        TorchRuntime.Load(threads);
        var had = 0;
        TorchRuntime.SideBySide([() => had = get_num_threads()], shares);
        Assert.Equal(share, had);
    }

    [Fact]
    public void Jobs_within_a_job_have_its_share_only()
    {
        TorchRuntime.Load(2);
        var ran = new ConcurrentBag<int>();
        Action inner = () => ran.Add(get_num_threads());
        TorchRuntime.SideBySide([() => TorchRuntime.SideBySide([inner]), () => TorchRuntime.SideBySide([inner])]);
        Assert.Equal([1, 1], ran);
    }

    /// <summary>A GPU has one row of work; the jobs' share of the processor's threads is all of them.</summary>
    [Fact]
    public void On_a_gpu_jobs_run_one_after_another()
    {
        TorchRuntime.Share(threads: 4, lanes: 1);
        var (ran, running) = (new List<(int Job, int Threads, int Running)>(), 0);
        TorchRuntime.SideBySide([.. Enumerable.Range(0, 3).Select<int, Action>(job => () =>
        {
            ran.Add((job, get_num_threads(), Interlocked.Increment(ref running)));
            Interlocked.Decrement(ref running);
        })]);
        Assert.Equal([(0, 4, 1), (1, 4, 1), (2, 4, 1)], ran);
    }

    [Fact]
    public void A_fault_comes_out_as_it_was_thrown()
    {
        TorchRuntime.Load(2);
        Assert.Throws<InvalidDataException>(() => TorchRuntime.SideBySide([() => throw new InvalidDataException(), () => { }]));
    }

    /// <summary>A full disk or a diverging network shows at once, not when the others have trained to their end.</summary>
    [Fact]
    public void After_a_fault_no_further_job_begins()
    {
        TorchRuntime.Load(1);
        var began = 0;
        Assert.Throws<InvalidDataException>(() => TorchRuntime.SideBySide([() => began++, () => throw new InvalidDataException(), () => began++]));
        Assert.Equal(1, began);
    }

    [Fact]
    public async Task Whichever_thread_asks_jobs_run_on_the_same_threads_which_share_the_main_heap()
    {
        TorchRuntime.Load(2);
        var workers = new ConcurrentBag<(int Thread, bool IsOnMainHeap)>();
        for (var round = 0; round < 20; round++)
        {
            await Task.Run(() =>
            {
                using var together = new Barrier(2);
                TorchRuntime.SideBySide([Job, Job]);

                void Job()
                {
                    together.SignalAndWait();
                    workers.Add((Environment.CurrentManagedThreadId, NativeHeap.ServesThisThreadFromTheMainOne()));
                }
            }, TestContext.Current.CancellationToken);
        }

        Assert.True(NativeHeap.IsGlibcs, "nothing is known of another allocator's heaps");
        Assert.Equal(40, workers.Count);
        Assert.Equal(2, workers.Distinct().Count());
        Assert.All(workers, worker => Assert.True(worker.IsOnMainHeap));
    }

    [Fact]
    public void No_job_is_nothing_to_do() => TorchRuntime.SideBySide([]);
}
