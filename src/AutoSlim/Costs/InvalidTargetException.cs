namespace AutoSlim.Costs;

/// <summary>Targets or budgets that cannot be read, with every problem found: what it is, what was expected, which costs are known.</summary>
public sealed class InvalidTargetException(IReadOnlyList<string> problems) : ArgumentException(string.Join(Environment.NewLine, problems))
{
    /// <summary>One line each, never empty.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
