using static TorchSharp.torch;

namespace AutoSlim.Training.Normalisation;

/// <summary>
/// Cuts rows into parts that several threads work through. The cut depends on the rows alone: sums that are added up part by part are the
/// same to the bit for any number of threads.
/// </summary>
internal static class RowParts
{
    private const int Most = 16;
    private const int FewestRows = 512;

    public static int Count(int rows) => Math.Clamp(rows / FewestRows, 1, Most);

    /// <param name="rows">All of them.</param>
    /// <param name="work">Of one part: its number, the first of its rows and the one behind its last.</param>
    public static void Run(int rows, Action<int, int, int> work)
    {
        var (parts, threads) = (Count(rows), get_num_threads());
        if (threads == 1 || parts == 1)
            for (var part = 0; part < parts; part++) work(part, First(part, parts, rows), First(part + 1, parts, rows));
        else
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => work(part, First(part, parts, rows), First(part + 1, parts, rows)));
    }

    private static int First(int part, int parts, int rows) => (int)((long)rows * part / parts);
}
