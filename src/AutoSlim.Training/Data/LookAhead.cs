using System.Collections.Concurrent;

namespace AutoSlim.Training.Data;

/// <summary>Makes the next items on a thread of its own while the last one is used: a few ahead, in their order.</summary>
internal static class LookAhead
{
    private const int MostReady = 2;

    /// <param name="sources">One for each item.</param>
    /// <param name="make">Called for one at a time, in order. What it throws comes out where its item would have come.</param>
    public static IEnumerable<TItem> Of<TSource, TItem>(IEnumerable<TSource> sources, Func<TSource, CancellationToken, TItem> make)
    {
        using var stop = new CancellationTokenSource();
        using var ready = new BlockingCollection<TItem>(MostReady);
        var maker = Task.Factory.StartNew(() => MakeAll(sources, make, ready, stop.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            foreach (var item in ready.GetConsumingEnumerable(CancellationToken.None)) yield return item;
            maker.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            Task.WaitAny(maker);
        }
    }

    private static void MakeAll<TSource, TItem>(
        IEnumerable<TSource> sources, Func<TSource, CancellationToken, TItem> make, BlockingCollection<TItem> ready, CancellationToken stop)
    {
        try
        {
            foreach (var source in sources) ready.Add(make(source, stop), stop);
        }
        finally
        {
            ready.CompleteAdding();
        }
    }
}
