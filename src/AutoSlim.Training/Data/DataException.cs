namespace AutoSlim.Training.Data;

/// <summary>Images that cannot be read as they are; carries every problem found, each naming the file, what it has and what was expected.</summary>
public sealed class DataException(params IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<string> Problems { get; } = problems;
}
