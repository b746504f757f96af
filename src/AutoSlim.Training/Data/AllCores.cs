using System.Runtime.ExceptionServices;

namespace AutoSlim.Training.Data;

/// <summary>Work on all cores that fails as it would on one: with the first fault itself.</summary>
internal static class AllCores
{
    public static void For(int count, Action<int> work, CancellationToken cancellation) =>
        Unwrapped(() => Parallel.For(0, count, new() { CancellationToken = cancellation }, work));

    /// <param name="count">Of the numbers from 0 that are worked on.</param>
    /// <param name="start">What a thread begins to collect in.</param>
    /// <param name="work">Gets a number and what its thread has collected, and gives what it then has.</param>
    /// <param name="end">Gets what each thread collected.</param>
    public static void For<T>(int count, Func<T> start, Func<int, T, T> work, Action<T> end) =>
        Unwrapped(() => Parallel.For(0, count, start, (index, _, collected) => work(index, collected), end));

    private static void Unwrapped(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException faults)
        {
            ExceptionDispatchInfo.Throw(faults.Flatten().InnerExceptions[0]);
        }
    }
}
