namespace AutoSlim.Host.Commands;

/// <summary>A command used wrongly, with every problem at once: each names the value, what was expected and what to do. Exit code 2.</summary>
public sealed class UsageException(IReadOnlyList<string> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public UsageException(string problem)
        : this([problem])
    {
    }

    /// <summary>One line each, never empty.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
