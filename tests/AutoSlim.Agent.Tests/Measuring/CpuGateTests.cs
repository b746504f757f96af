using System.Diagnostics;
using AutoSlim.Agent.Limits;
using AutoSlim.Agent.Measuring;

namespace AutoSlim.Agent.Tests.Measuring;

/// <summary>Real threads on this machine: more of them than it has processors have to wait for one.</summary>
public sealed class CpuGateTests : IDisposable
{
    private const double MinimumFraction = 0.95;

    private readonly CancellationTokenSource stopping = new();
    private readonly List<Thread> busy = [];

    [Fact]
    public void Of_several_threads_a_sample_is_dropped_in_which_they_waited_for_a_processor()
    {
        Crowd();
        using var queue = Opened();
        var gate = new CpuGate(2, ProcessorQuota.None, MinimumFraction, queue);
        Assert.False(gate.Time(() => Spin(TimeSpan.FromMilliseconds(100))).Clean);
    }

    [Fact]
    public void That_one_of_several_threads_has_nothing_to_do_is_no_disturbance()
    {
        using var queue = Opened();
        var gate = new CpuGate(2, ProcessorQuota.None, MinimumFraction, queue);
        Assert.True(gate.Time(() => Spin(TimeSpan.FromMilliseconds(1))).WallMicroseconds >= 1000);
        Assert.Contains(true, Enumerable.Range(0, 50).Select(_ => Idle(gate)));
    }

    /// <summary>A while after the one before: what else the machine does for a tenth of a second must not hold up all of them.</summary>
    private static bool Idle(CpuGate gate)
    {
        Thread.Sleep(20);
        return gate.Time(() => Thread.Sleep(2)).Clean;
    }

    [Fact]
    public void The_wait_of_all_threads_only_grows_although_some_of_them_end()
    {
        Crowd();
        using var queue = Opened();
        var first = queue.WaitedNanoseconds();
        Spin(TimeSpan.FromMilliseconds(100));
        var crowded = queue.WaitedNanoseconds();
        Assert.True(crowded - first > 50e6, $"waited {(crowded - first) / 1e6:0.0} ms");
        Dispose();
        Assert.True(queue.WaitedNanoseconds() >= crowded);
    }

    public void Dispose()
    {
        stopping.Cancel();
        busy.ForEach(thread => thread.Join());
        busy.Clear();
    }

    private static RunQueue Opened()
    {
        var queue = RunQueue.Open();
        Assert.SkipWhen(queue is null, "this system does not count how long threads wait for a processor");
        return queue;
    }

    private static void Spin(TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time) Thread.SpinWait(100);
    }

    private void Crowd()
    {
        for (var i = 0; i < 3 * Environment.ProcessorCount; i++)
        {
            var thread = new Thread(() =>
            {
                while (!stopping.IsCancellationRequested) Thread.SpinWait(100);
            });
            thread.Start();
            busy.Add(thread);
        }
    }
}
