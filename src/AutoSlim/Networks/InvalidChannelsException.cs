namespace AutoSlim.Networks;

/// <summary>Channels that do not fit their network, with every problem found: what the value is, what was expected, what to do.</summary>
public sealed class InvalidChannelsException(IReadOnlyList<string> problems) : ArgumentException(string.Join(Environment.NewLine, problems))
{
    /// <summary>One line each, never empty.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
