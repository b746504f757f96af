namespace AutoSlim.Training.Data;

/// <summary>Collects what is wrong with several files, so that one exception can report all of it.</summary>
internal sealed class DataProblems
{
    private readonly List<string> problems = [];

    public void Add(string problem) => problems.Add(problem);

    /// <summary>What <paramref name="read"/> returns, or null when it found a problem, which is kept.</summary>
    public T? Collect<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (DataException exception)
        {
            problems.AddRange(exception.Problems);
            return null;
        }
    }

    /// <exception cref="DataException">There is a problem.</exception>
    public void ThrowIfAny()
    {
        if (problems.Count > 0) throw new DataException(problems);
    }
}
