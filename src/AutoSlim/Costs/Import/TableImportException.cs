namespace AutoSlim.Costs.Import;

/// <summary>A file that cannot be imported: nothing was written.</summary>
/// <param name="problems">One line each.</param>
/// <param name="cause">What the reader of the file ran into, or null.</param>
public sealed class TableImportException(IReadOnlyList<string> problems, Exception? cause = null) : Exception(string.Join(Environment.NewLine, problems), cause)
{
    /// <summary>All of them, the first twenty by name; never empty.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
